import type { OpenApiDocument, Operation } from '../document/index.js';
import type { Behaviours } from './api/behaviours.js';
import type { RateLimiter } from './api/rate-limit.js';
import type { Schemas } from './api/schemas.js';
import type { Tokens } from './oauth/tokens.js';
import type { Dataset, Table } from './resources/dataset.js';
import type { Handler } from './resources/handlers.js';
import type { Store } from './resources/store.js';

/** A resource as the API shows it: references to others are URLs. */
export type Resource = Record<string, unknown>;

export interface FakeRequest {
  readonly method: string;
  /** Absolute, at the fake's own origin. */
  readonly url: URL;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  /** The body was longer than a server would take; `body` is only its beginning. */
  readonly tooLarge: boolean;
  /** Address of the caller. */
  readonly ip: string;
}

/** What kind of address a request goes to. */
export type Endpoint = 'api' | 'token' | 'revocation' | 'authorization';

/** An answer before it is sent. `body` is a value that is sent as JSON; a string or bytes are sent as they are. */
export interface FakeResponse {
  status: number;
  /** Names as they go on the wire. */
  headers: Record<string, string | string[]>;
  body?: unknown;
}

/** Who calls, as the access token says. */
export interface Principal {
  /** Absent for anonymous callers. */
  readonly clientId?: string;
  /** The user whose token it is (authorization code grant). */
  readonly userId?: string;
  readonly scopes: readonly string[];
  /** Callers with the same bucket share one rate limit. */
  readonly bucket: string;
}

/** What a caller has of the rolling hour. */
export interface Quota {
  limit: number;
  remaining: number;
}

/** A request on its way through the behaviours, once it is known what it asks for. */
export interface Call {
  readonly request: FakeRequest;
  readonly operation: Operation;
  readonly principal: Principal;
  readonly world: World;
  /** Path parameters, decoded, by name. */
  readonly path: Readonly<Record<string, string>>;
  /** Declared query parameters that were sent, converted to the types of their schemas. */
  query: Record<string, unknown>;
  /** Declared request headers that were sent, by the document's spelling of the name. */
  header: Record<string, unknown>;
  /** The user in whose context the call is made, and the request header that named the user, if one did. */
  user?: { id: string; header?: string };
  /** The parsed and validated request body. */
  body?: unknown;
}

/** One page of a collection and the query changes that lead to its neighbours. */
export interface PageOf<T> {
  items: readonly T[];
  previous?: Record<string, string>;
  next?: Record<string, string>;
}

/** What a call is answered with before headers and serialisation. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The table that the resources of the body belong to. */
  table?: Table;
}

/** Everything that one running fake consists of. */
export interface World {
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly handlers: ReadonlyMap<Operation, Handler>;
  readonly schemas: Schemas;
  readonly dataset: Dataset;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  behaviours: Behaviours;
  readonly places: Places;
  readonly versioning: Versioning | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Where things stand. */
export interface Places {
  /** Path in front of the document's paths: `/v2`. */
  basePath: string;
  /** Base of the absolute URLs in answers. */
  linkBase: string;
  tokenPath: string;
  revocationPath: string;
  authorizationPath: string | undefined;
  /** URL in front of the names of the problem types. */
  problemTypes: string;
}

/** The request header that chooses the version of the API and that every answer echoes. */
export interface Versioning {
  header: string;
  supported: readonly string[];
}
