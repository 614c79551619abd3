export type JsonObject = Record<string, unknown>;

/** A parsed OpenAPI 3.x document. Deeper parts are read where they are needed. */
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
  /** Parameters one of which has to be sent along (`x-requires-one-of`). */
  requiresOneOf?: string[];
  /** The schema with its own `$ref` kept; resolve before reading keywords. */
  schema: Schema;
  schemaPointer: string;
  style: string;
  explode: boolean;
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

/** How a collection is read page by page, recognised by the names of its parameters. */
export interface Paging {
  style: 'cursor' | 'page';
  /** Parameter that sets the items a page, if there is one. */
  sizeParameter?: string;
  /** Items a page at most, if the document bounds it. */
  maxSize?: number;
  /** What a cursor is: the item's id, its timestamp, or unknown. */
  cursorKind?: 'id' | 'timestamp';
}

/** The order and unique key of a collection (`x-collection`). */
export interface Collection {
  key: string;
  order: 'ascending' | 'descending';
}

/** A field that can be bounded on both sides by query parameters. */
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

/** One operation of the document, with all its references to parameters, headers and responses resolved. */
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
  /** Bytes that the request body may have (`x-max-body-bytes`). */
  maxBody?: number;
  responses: ResponseSpec[];
  /** May be called without a token. */
  public: boolean;
  /** OAuth scopes it asks for; empty where it is public or none is named. */
  scopes: string[];
  paging?: Paging;
  collection?: Collection;
  ranges: Range[];
  expansion?: Expansion;
  /** Response fields that a request header changes (`x-header-effects`). */
  headerEffects: Record<string, string[]>;
  /** Resources from the root: `['evses', 'statusLogs']`. */
  resource: string[];
  /** Name of the method on that resource: `list`. */
  methodName: string;
  /** The name that another operation has a claim to as well, so that neither has it: `evses.list`. */
  sharedName?: string;
}

/** An event that the API sends by itself. */
export interface Webhook {
  /** As in `webhooks`. */
  name: string;
  /** What the event's `type` is: what its schema says, else the name. */
  type: string;
  /** Whether the schema says which type it is. */
  hasType: boolean;
  /** Summary and description, as far as there are any. */
  description: string[];
  headers: Parameter[];
  /** The event itself; absent where the document doesn't describe it. */
  content?: MediaType;
  pointer: string;
}
