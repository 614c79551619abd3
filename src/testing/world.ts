/**
 * The parts of a fake, and what passes through it: interfaces only. Calls, behaviours and data refer to one another, so
 * they are declared together; each room implements its own.
 */
import type { OpenApiDocument, Operation } from '../document/index.js';
import type { FakeRequest, FakeResponse } from './http/exchange.js';
import type { Application, Clients, Tokens } from './oauth/grant.js';
import type { Collection, PageOf, Resource, Store, Stored, Table, Visible } from './resources/resource.js';
import type { EventMaker } from './webhooks/delivery.js';

/** The caller, according to the access token. */
export interface Principal {
  /** Absent for anonymous callers. */
  readonly clientId?: string;
  /** The user whom the token belongs to (authorization code grant). */
  readonly userId?: string;
  readonly scopes: readonly string[];
  /** Callers with the same bucket share one rate limit. */
  readonly bucket: string;
}

/** A caller's share of the rolling hour. */
export interface Quota {
  /** Requests that an hour allows. */
  limit: number;
  /** Requests that are left of them. */
  remaining: number;
}

/** Counts the requests of each bucket over the past hour. */
export interface RateLimiter {
  /** What the caller has left; doesn't use any of it. */
  peek(principal: Principal): Quota;
  /**
   * Uses one request of the bucket.
   *
   * @throws Problem 429 with Retry-After if none is left.
   */
  take(principal: Principal): Quota;
  /** Forgets all requests so far. */
  reset(): void;
}

/** Messages about a value that its schema rejects, by place (`location.latitude`, '' for the value as a whole). */
export type SchemaErrors = Record<string, string[]>;

/** Checks values against schemas of the document, formats included. */
export interface Schemas {
  /**
   * Returns what is wrong with a value; undefined if nothing is.
   *
   * @param pointer to the schema in the document.
   * @param as what the value belongs to; in a request, `readOnly` fields aren't required. Default: an answer.
   */
  check(pointer: string, value: unknown, as?: 'request' | 'answer'): SchemaErrors | undefined;
}

/** The operation that a request is for. */
export interface Route {
  operation: Operation;
  /** Path parameters, decoded, by name. */
  path: Record<string, string>;
}

export interface Router {
  /** @throws Problem 404 for an unknown path, 405 with Allow if the path doesn't have the method. */
  match(request: FakeRequest): Route;
  /** An operation of the request's path: the one with its method, if there is one. */
  near(request: FakeRequest): Operation | undefined;
}

/** A request on its way through the behaviours, once its operation is known. */
export interface Call {
  readonly request: FakeRequest;
  readonly operation: Operation;
  readonly principal: Principal;
  readonly world: Surroundings;
  /** Path parameters, decoded, by name. */
  readonly path: Readonly<Record<string, string>>;
  /** Declared query parameters of the request, converted to the types of their schemas. */
  query: Record<string, unknown>;
  /** Declared request headers of the request, under the document's spelling of their names. */
  header: Record<string, unknown>;
  /** The user in whose context the call is made, and the request header that named the user, if any. */
  user?: { id: string; header?: string };
  /** The parsed and validated request body. */
  body?: unknown;
}

/** The answer to a call, before headers and serialisation. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The table that the body's resources belong to. */
  table?: Table;
}

/** Answers one operation. */
export type Handler = (call: Call) => Answer;

/** What a fake serves: sample data for a document. */
export interface Dataset {
  readonly tables: readonly Table[];
  /**
   * Operations that neither read nor write the items of a table, by method and path template: `POST
   * /evses/{evse_id}/reconnect`. When they are called, the item above in the path exists.
   */
  readonly answers?: Readonly<Record<string, (call: Call, parent: Resource | undefined) => Answer>>;
  /** The users in whose context calls can be made. */
  readonly users?: {
    /** Path of the table of users. */
    readonly path: string;
    /** Request header that names a user, by id or URL. */
    readonly header: string;
    /** The user who consents at the authorization endpoint. */
    readonly consenting: string;
  };
  /** Which resources an event can be about, by its type. Default: any of its kind. */
  readonly events?: Readonly<Record<string, (resource: Resource) => boolean>>;
}

/** Makes a dataset whose URLs begin with `base`. */
export type DatasetSource = (base: string) => Dataset;

/** What a call can use. */
export interface Surroundings {
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  /** The value, if the schema at the pointer allows it; else an allowed value that is as similar as possible. */
  readonly fitted: (pointer: string, value: unknown) => unknown;
  /**
   * A value for the schema at the pointer, with these fields if it allows them. The same input gives the same value.
   */
  readonly made: (pointer: string, fields: Resource) => unknown;
  readonly dataset: Dataset;
  readonly store: Store;
  readonly places: Places;
  readonly versioning: Versioning | undefined;
  /** Why the fake has no answer for an operation, because nothing fits its schema; undefined if it has one. */
  readonly lackOf: (operation: Operation) => string | undefined;
  /** The handler of each operation. */
  readonly handlers: ReadonlyMap<Operation, Handler>;
  /** What the fake currently does with a request, including replacements. */
  readonly behaviours: Behaviours;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A file that was sent to an address named by the API. */
export interface ReceivedFile {
  bytes: Uint8Array;
  /** Media type as the sender gave it. */
  type: string | undefined;
}

/** Receives files at addresses outside the API. */
export interface ReceivingFiles {
  /** The files so far, by the id of their resource. */
  readonly received: ReadonlyMap<string, ReceivedFile>;
  /** Whether files can be sent to this path. */
  isAddress(pathname: string): boolean;
  /** Keeps a file that was sent with the right signature, and answers as a file store does. */
  receive(request: FakeRequest): FakeResponse;
}

/** All parts of a running fake. */
export interface World extends Surroundings {
  behaviours: Behaviours;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  /** Makes the events of the document's webhooks. */
  readonly events: EventMaker;
  /** Receives the files for which operations of the document name an address. */
  readonly uploads: ReceivingFiles;
}

/** Paths and URLs of the fake. */
export interface Places {
  /** Path in front of the document's paths: `/v2`. */
  basePath: string;
  /** Base of the absolute URLs in the document's examples. */
  liveBase: string;
  /** Base of the absolute URLs in answers. */
  linkBase: string;
  /** Path of the token endpoint, as those of the others, from the root. */
  tokenPath: string;
  revocationPath: string;
  /** Undefined if the document has no authorization code grant. */
  authorizationPath: string | undefined;
  /** Prefix of the URLs of problem types. */
  problemTypes: string;
  /** The `instance` in problems about a request to this path, if it can have one. */
  instanceOf: (pathname: string) => string | undefined;
}

/** The request header that chooses the API's version, and that every answer repeats. */
export interface Versioning {
  /** Name of the header. */
  header: string;
  /** Versions that it may name; the first answers where none is named. */
  supported: readonly string[];
}

/** The result of a request to the API. */
export interface Outcome {
  response: FakeResponse;
  /** Present if the request reached an operation of the document. */
  call?: Call;
}

/**
 * What the fake does with a request, in this order: the first member at the OAuth endpoints, the others at the API.
 * Each can be replaced, to see how a client or a contract suite copes with an API that behaves differently.
 */
export interface Behaviours {
  /** @throws OAuthProblem 401 for an unknown client or a wrong secret. */
  authenticateClient(request: FakeRequest, form: URLSearchParams, clients: Clients): Application;
  /** @throws Problem 401 for an invalid token, even if none is needed. */
  authenticate(request: FakeRequest, world: Pick<World, 'tokens'>): Principal;
  /** @throws Problem 404 or 405. */
  route(request: FakeRequest, router: Router): Route;
  /** @throws Problem 401 if the operation needs a token and there is none. */
  requireToken(operation: Operation, principal: Principal): void;
  /** @throws Problem 429 if no request is left in the hour. */
  throttle(principal: Principal, limiter: RateLimiter): Quota;
  /**
   * The version that answers; undefined if the document has no version header.
   *
   * @throws Problem 400 for a version that isn't supported.
   */
  chooseVersion(request: FakeRequest, world: Pick<World, 'versioning'>): string | undefined;
  /** @throws Problem 403 if the token lacks a scope that the operation needs. */
  requireScopes(call: Call): void;
  /** @throws Problem 406 if the Accept header excludes all that the operation can answer with. */
  negotiate(call: Call): void;
  /** @throws Problem 400 that names each rejected parameter. */
  readParameters(call: Call): Pick<Call, 'query' | 'header'>;
  /** @throws Problem 400 for an invalid body, 413 for one that is too long, 415 for another media type. */
  readBody(call: Call): unknown;
  /**
   * @throws Problem 400 if the operation needs a user and there is none, 403 if the caller may not act for this user.
   */
  actingUser(call: Call): Call['user'];
  /** @throws Problem 404 if an item in the path doesn't exist or isn't visible. */
  collect(call: Call): Visible;
  /** The items that the query parameters select, in the same order. */
  filter(items: readonly Resource[], collection: Collection, call: Call): readonly Resource[];
  /** Cuts the requested page out of the selected items. */
  paginate(items: readonly Resource[], collection: Collection, call: Call): PageOf<Resource>;
  /** The `Link` header of a page. */
  link(page: PageOf<Resource>, call: Call): string;
  /** Answers with a page of a collection. */
  list(call: Call): Answer;
  /** @throws Problem 404 if the item doesn't exist or isn't visible. */
  find(call: Call): Stored;
  /** Answers with the item that the path names. */
  retrieve(call: Call): Answer;
  /** Changes the item that the path names, and answers with it. */
  update(call: Call): Answer;
  /** Removes the item that the path names. */
  remove(call: Call): Answer;
  /** Adds an item to the collection that the path names, and answers with it. */
  create(call: Call): Answer;
  /** The resource as the call's user sees it. */
  personalize(resource: Resource, table: Table | undefined, call: Call): Resource;
  /** The resource with the fields that the call expands replaced by the objects they refer to. */
  expand(resource: Resource, call: Call): Resource;
}

/**
 * Replacements by name. Each gets the behaviour that it replaces:
 * `{ filter: () => (items) => items }` ignores all filters,
 * `{ paginate: (paginate) => (...args) => ({ ...paginate(...args), next: undefined }) }` hides the next page.
 */
export type Overrides = { [Name in keyof Behaviours]?: (original: Behaviours[Name]) => Behaviours[Name] };
