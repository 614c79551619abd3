/** A JSON object. */
export type JsonObject = Record<string, unknown>;

/** A parsed OpenAPI 3.x document. Its deeper parts are read when needed. */
export interface OpenApiDocument extends JsonObject {
  openapi: string;
  info: JsonObject;
  paths: Record<string, JsonObject>;
}

/** A JSON Schema (draft 2020-12), or `true`/`false`. */
export type Schema = JsonObject | boolean;

/** An example of the document. */
export interface Example {
  /** The name in `examples`, or `example` for a single one. */
  name: string;
  value: unknown;
  /** Its place in the document, as all pointers here: a URI fragment with a JSON pointer (RFC 6901, section 6). */
  pointer: string;
}

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header' | 'cookie';
  required: boolean;
  description?: string;
  deprecated?: boolean;
  /** Parameters of which one must be sent too (`x-requires-one-of`). */
  requiresOneOf?: string[];
  /** Parameters that must not be sent with it (`x-excludes`). */
  excludes?: string[];
  /** The schema with its own `$ref` kept; resolve before reading keywords. */
  schema: Schema;
  schemaPointer: string;
  /** How its value is written: `form`, `simple`, `deepObject` …; OpenAPI's default where the document names none. */
  style: string;
  /** Whether each item of a list, or member of an object, is written by itself. */
  explode: boolean;
  /** The media type that its value is written in, in place of a style. */
  mediaType?: string;
  examples: Example[];
  pointer: string;
}

/** A body in one media type. */
export interface MediaType {
  /** As in the document: `application/json`. */
  mediaType: string;
  schema?: Schema;
  schemaPointer?: string;
  examples: Example[];
  pointer: string;
}

/** A header of a response. */
export interface Header {
  name: string;
  required: boolean;
  description?: string;
  schema?: Schema;
  schemaPointer?: string;
  examples: Example[];
  pointer: string;
}

/** A response that an operation declares. */
export interface ResponseSpec {
  /** `200`, `4XX` or `default`. */
  status: string;
  description: string;
  headers: Header[];
  content: MediaType[];
  pointer: string;
}

/** The request body of an operation. */
export interface RequestBody {
  required: boolean;
  description?: string;
  content: MediaType[];
  pointer: string;
}

/** How a collection is paged, recognised by the names of its parameters. */
export interface Paging {
  /** `cursor`: each page names its neighbours; `page`: pages have numbers. */
  style: 'cursor' | 'page';
  /** Parameter for the number of items per page, if there is one. */
  sizeParameter?: string;
  /** Most items per page, if the document sets a limit. */
  maxSize?: number;
  /** What a cursor is: the item's id, its timestamp, or unknown. */
  cursorKind?: 'id' | 'timestamp';
}

/** The order and unique key of a collection (`x-collection`). */
export interface Collection {
  /** The field that the items are sorted by and unique in. */
  key: string;
  order: 'ascending' | 'descending';
}

/** A field that query parameters can bound on both sides. */
export interface Range {
  /** Field of the items. */
  field: string;
  /** Parameter for its lower bound, inclusive. */
  gte: string;
  /** Parameter for its upper bound, inclusive. */
  lte: string;
}

/** A query parameter that has references shown as the objects that they name. */
export interface Expansion {
  /** Its name. */
  parameter: string;
  /** Dotted paths, as in the parameter's enum. */
  paths: string[];
}

/** A query parameter that says by which field a collection is sorted. */
export interface Ordering {
  /** Its name. */
  parameter: string;
  /** The fields that it can be sorted by both ways, and the values that say so. */
  fields: { field: string; ascending: string; descending: string }[];
}

/** An operation of the document, with all references to parameters, headers and responses resolved. */
export interface Operation {
  /** Its `operationId`, or one made of method and path. */
  id: string;
  /** Upper case. */
  method: string;
  /** Path template: `/evses/{evse_id}`. */
  path: string;
  pointer: string;
  summary?: string;
  description?: string;
  deprecated: boolean;
  tags: string[];
  parameters: Parameter[];
  requestBody?: RequestBody;
  /** Most bytes in the request body (`x-max-body-bytes`). */
  maxBody?: number;
  responses: ResponseSpec[];
  /** Can be called without a token. */
  public: boolean;
  /** OAuth scopes that it needs; empty if it is public or names none. */
  scopes: string[];
  paging?: Paging;
  collection?: Collection;
  ranges: Range[];
  ordering?: Ordering;
  /**
   * The order of a list for which no other is asked for (`x-sorted-by`), where it isn't that of the collection's key.
   */
  sortedBy?: { field: string; isDescending: boolean };
  expansion?: Expansion;
  /** Response fields that a request header changes (`x-header-effects`). */
  headerEffects: Record<string, string[]>;
  /** It is about the user who asks: a token that stands for no user has to come with one (`x-needs-user`). */
  needsUser: boolean;
  /** Resources from the root: `['evses', 'statusLogs']`. */
  resource: string[];
  /** Name of the method on that resource: `list`. */
  methodName: string;
  /** The method name that it would share with another operation, so that neither gets it: `evses.list`. */
  sharedName?: string;
}

/** An event that the API sends on its own. */
export interface Webhook {
  /** As in `webhooks`. */
  name: string;
  /** Value of the event's `type`: from its schema, else the webhook's name. */
  type: string;
  /** Whether the schema sets the type. */
  hasType: boolean;
  /** Summary and description, if there are any. */
  description: string[];
  headers: Parameter[];
  /** The event itself; absent if the document doesn't describe it. */
  content?: MediaType;
  pointer: string;
}
