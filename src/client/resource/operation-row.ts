/** A list's values as one: joined by commas, spaces or bars (OpenAPI 3.1, 4.8.12.3). */
export type ListStyle = 'form' | 'spaceDelimited' | 'pipeDelimited';

/** What the client needs to know of an operation at run time: a row of `generated/operations.ts`. */
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
  /** How the collection is paged: by cursor (`page_after`) or by number (`page`). */
  readonly paging?: 'cursor' | 'page';
  /** The document's maximum of `page_size`, in items. */
  readonly pageSize?: number;
  /** The field that the items are sorted by and unique in (`x-collection`). */
  readonly key?: string;
  /** The direction of that order. */
  readonly order?: 'asc' | 'desc';
  /** The field with both `<field>__gte` and `<field>__lte`. */
  readonly range?: string;
  /** Media type of the request body where it isn't `application/json`. */
  readonly body?: string;
  /** Media types of the request body where there are several to choose from, the default first. */
  readonly bodies?: readonly string[];
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
}
