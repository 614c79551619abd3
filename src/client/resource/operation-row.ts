/** How a list becomes one value: joined by commas, spaces or bars (OpenAPI 3.1, 4.8.12.3). */
export type ListStyle = 'form' | 'spaceDelimited' | 'pipeDelimited';
/** How a query parameter is written: `fields` writes each field of an object by its own name, `json` as JSON. */
export type QueryStyle = ListStyle | 'deepObject' | 'fields' | 'json';

/** What the client knows of an operation at run time. */
export interface OperationRow {
  /** The document's `operationId`. */
  readonly id: string;
  /** HTTP method, upper case. */
  readonly method: string;
  /** Path template, as in the document. */
  readonly path: string;
  /** Callable without a token (`security: []`). */
  readonly public?: true;
  /** OAuth scopes that the operation needs, space-separated. */
  readonly scope?: string;
  /** Returns a collection: paged by cursor (`page_after`), by number (`page`), or all at once. */
  readonly list?: 'cursor' | 'page' | 'whole';
  /** Query parameters other than those that follow from `list` and `range`; separated by spaces. */
  readonly query?: string;
  /** Marked as `deprecated` in the document. */
  readonly deprecated?: true;
  /** The document's maximum of `page_size`, in items. */
  readonly pageSize?: number;
  /** The field that the items are sorted by, and that is unique among them (`x-collection`). */
  readonly key?: string;
  /** The sort direction. */
  readonly order?: 'asc' | 'desc';
  /** The field that has both a `<field>__gte` and a `<field>__lte` filter. */
  readonly range?: string;
  /** Takes a request body; its media type if that isn't `application/json`. */
  readonly body?: true | string;
  /** Media types of the request body if there are several, the default first. */
  readonly bodies?: readonly string[];
  /** Largest request body, in bytes. */
  readonly maxBody?: number;
  /** Query parameters that are dates without time (`format: date`). */
  readonly queryDays?: readonly string[];
  /** Body fields that are dates without time; dots nest, and arrays are transparent. */
  readonly bodyDays?: readonly string[];
  /** Media type of the success if that isn't JSON: text comes as string, anything else as Blob. */
  readonly answer?: string;
  /** Media type of the success if that is JSON by its suffix, such as `application/hal+json`. */
  readonly json?: string;
  /** A success may come without a body, whatever its status (204 always does). */
  readonly empty?: true;
  /** Header parameters whose name is a query parameter of another operation. */
  readonly headers?: readonly string[];
  /** Query parameters whose style isn't exploded `form`. */
  readonly styles?: Readonly<Record<string, QueryStyle>>;
  /** Declares a redirect (3xx): the caller gets its `Location`; the client doesn't follow it. */
  readonly redirect?: true;
  /** Starts an upload: the method that uploads a file calls this operation first. */
  readonly upload?: UploadRow;
}

/** The steps of an upload and the fields that link them, from the document (`x-upload`). */
export interface UploadRow {
  /** Name of the method that uploads a file, beside the operation's own method. */
  readonly method: string;
  /** The operation that confirms the file. */
  readonly finish: OperationRow;
  /** Field of the first answer that holds the address to send the file to. */
  readonly url: string;
  /** Field of the first answer that fills the path of the confirming operation. */
  readonly id: string;
  /** Field of the first body that gets the file's name. */
  readonly fileName?: string;
}

/**
 * An operation as in `generated/operations.ts`: method and path in one string, and an id only if it isn't the usual
 * one.
 */
export interface OperationEntry extends Omit<OperationRow, 'id' | 'method' | 'path' | 'upload'> {
  /** Method and path, such as `GET /things/{thing_id}`. */
  readonly op: string;
  readonly id?: string;
  readonly upload?: UploadEntry;
}

interface UploadEntry extends Omit<UploadRow, 'finish'> {
  readonly finish: OperationEntry;
}

/** A resource's operations by their name in the client, and the resources nested in it. */
export interface OperationTable {
  readonly [name: string]: OperationEntry | OperationTable;
}

/** The same, with a row for each operation. */
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

/** The id that most of the document's operations have: `get-things-thing_id` for `GET /things/{thing_id}`. */
export function usualId(method: string, path: string): string {
  return method.toLowerCase() + path.replace(/[{}]/g, '').replaceAll('/', '-');
}
