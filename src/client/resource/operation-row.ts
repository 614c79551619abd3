/** A list's values as one: joined by commas, spaces or bars (OpenAPI 3.1, 4.8.12.3). */
export type ListStyle = 'form' | 'spaceDelimited' | 'pipeDelimited';

/** What the client needs to know of an operation at run time. */
export interface OperationRow {
  /** The document's `operationId`. */
  readonly id: string;
  /** HTTP method, upper case. */
  readonly method: string;
  /** Path template, as in the document. */
  readonly path: string;
  /** Callable without a token (`security: []`). */
  readonly public?: true;
  /** OAuth scopes that the operation asks for, space-separated. */
  readonly scope?: string;
  /** Gives a collection: paged by cursor (`page_after`), by number (`page`), or all at once. */
  readonly list?: 'cursor' | 'page' | 'whole';
  /** Query parameters, apart from those that follow from `list` and `range`; separated by spaces. */
  readonly query?: string;
  /** On its way out of the API (`deprecated`). */
  readonly deprecated?: true;
  /** The document's maximum of `page_size`, in items. */
  readonly pageSize?: number;
  /** The field that the items are sorted by and unique in (`x-collection`). */
  readonly key?: string;
  /** The direction of that order. */
  readonly order?: 'asc' | 'desc';
  /** The field with both `<field>__gte` and `<field>__lte`. */
  readonly range?: string;
  /** Takes a request body: its media type where that isn't `application/json`. */
  readonly body?: true | string;
  /** Media types of the request body where there are several to choose from, the default first. */
  readonly bodies?: readonly string[];
  /** Bytes that the request body may have. */
  readonly maxBody?: number;
  /** Query parameters whose dates are days (`format: date`). */
  readonly queryDays?: readonly string[];
  /** Fields of the body whose dates are days; dots nest, and lists are seen through. */
  readonly bodyDays?: readonly string[];
  /** Media type of the success where it isn't JSON: a text comes as string, anything else as Blob. */
  readonly answer?: string;
  /** A success may come without a body, whatever its status (204 always does). */
  readonly empty?: true;
  /** Header parameters whose name is a query parameter of another operation. */
  readonly headers?: readonly string[];
  /** Query parameters with a style other than exploded `form`. */
  readonly styles?: Readonly<Record<string, ListStyle | 'deepObject'>>;
  /** Declares a redirect (3xx): its `Location` is handed to the caller, never followed. */
  readonly redirect?: true;
  /** Announces a file: the method that hands it over takes this operation first. */
  readonly upload?: UploadRow;
}

/** What belongs together for an upload, as the document says (`x-upload`). */
export interface UploadRow {
  /** Name of the method that hands a file over, beside that of the operation. */
  readonly method: string;
  /** The operation that confirms the file. */
  readonly finish: OperationRow;
  /** Field of the first answer with the address that the file is sent to. */
  readonly url: string;
  /** Field of the first answer that fills the path of the operation that confirms. */
  readonly id: string;
  /** Field of the first body that the file's own name fills. */
  readonly fileName?: string;
}

/** An operation as `generated/operations.ts` has it: method and path in one, and an id only where it isn't the usual one. */
export interface OperationEntry extends Omit<OperationRow, 'id' | 'method' | 'path' | 'upload'> {
  /** `GET /things/{thing_id}`. */
  readonly op: string;
  readonly id?: string;
  readonly upload?: UploadEntry;
}

interface UploadEntry extends Omit<UploadRow, 'finish'> {
  readonly finish: OperationEntry;
}

/** The operations of a resource by the client's name for each, and the resources within it. */
export interface OperationTable {
  readonly [name: string]: OperationEntry | OperationTable;
}

/** The same with a row for each operation. */
export interface RowTable {
  readonly [name: string]: OperationRow | RowTable;
}

export function rowsOf(table: OperationTable): RowTable {
  const rows = Object.entries(table).map(([name, value]) => [
    name,
    isEntry(value) ? rowOf(value) : rowsOf(value),
  ]);
  return Object.fromEntries(rows);
}

export function isRow(value: OperationRow | RowTable): value is OperationRow {
  return typeof value.path === 'string';
}

function isEntry(value: OperationEntry | OperationTable): value is OperationEntry {
  return typeof value.op === 'string';
}

function rowOf({ op, upload, ...entry }: OperationEntry): OperationRow {
  const [method = '', path = ''] = op.split(/ (.*)/s);
  const row = { id: usualId(method, path), method, path, ...entry };
  return upload ? { ...row, upload: { ...upload, finish: rowOf(upload.finish) } } : row;
}

/** The id that most operations of the document have: `get-things-thing_id` is `GET /things/{thing_id}`. */
export function usualId(method: string, path: string): string {
  return method.toLowerCase() + path.replace(/[{}]/g, '').replaceAll('/', '-');
}
