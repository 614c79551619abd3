export type JsonObject = Record<string, unknown>;

/** A parsed OpenAPI 3.x document. Its deeper parts are read when needed. */
export interface OpenApiDocument extends JsonObject {
  openapi: string;
  info: JsonObject;
  paths: Record<string, JsonObject>;
}

/** A JSON Schema (draft 2020-12), or `true`/`false`. */
export type Schema = JsonObject | boolean;

export interface Example {
  /** The name in `examples`, or `example` for a single one. */
  name: string;
  value: unknown;
  pointer: string;
}

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
  style: string;
  explode: boolean;
  /** The media type that its value is written in, in place of a style. */
  mediaType?: string;
  examples: Example[];
  pointer: string;
}

export interface MediaType {
  mediaType: string;
  schema?: Schema;
  schemaPointer?: string;
  examples: Example[];
  pointer: string;
}

export interface Header {
  name: string;
  required: boolean;
  description?: string;
  schema?: Schema;
  schemaPointer?: string;
  examples: Example[];
  pointer: string;
}

export interface ResponseSpec {
  /** `200`, `4XX` or `default`. */
  status: string;
  description: string;
  headers: Header[];
  content: MediaType[];
  pointer: string;
}

export interface RequestBody {
  required: boolean;
  description?: string;
  content: MediaType[];
  pointer: string;
}

/** How a collection is paged, recognised by the names of its parameters. */
export interface Paging {
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
  key: string;
  order: 'ascending' | 'descending';
}

/** A field that query parameters can bound on both sides. */
export interface Range {
  field: string;
  gte: string;
  lte: string;
}

export interface Expansion {
  parameter: string;
  /** Dotted paths, as in the parameter's enum. */
  paths: string[];
}

/** A query parameter that says by which field a collection is sorted. */
export interface Ordering {
  parameter: string;
  /** The fields that it can be sorted by both ways, and the values that say so. */
  fields: { field: string; ascending: string; descending: string }[];
}

/** An operation of the document, with all references to parameters, headers and responses resolved. */
export interface Operation {
  id: string;
  /** Upper case. */
  method: string;
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
