/**
 * What a fake consists of, and what travels through it: interfaces only. Calls, behaviours and data speak of one
 * another, so they stand together; what carries them out is in the rooms.
 */
import type { OpenApiDocument, Operation } from '../document/index.js';
import type { FakeRequest, FakeResponse } from './http/exchange.js';
import type { Application, Clients, Tokens } from './oauth/grant.js';
import type { Collection, PageOf, Resource, Store, Stored, Table, Visible } from './resources/resource.js';
import type { EventMaker } from './webhooks/delivery.js';

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

/** Counts the requests of each bucket over the hour that lies behind. */
export interface RateLimiter {
  /** What the caller has left, without using any of it. */
  peek(principal: Principal): Quota;
  /**
   * Uses one request of the bucket.
   *
   * @throws Problem 429 with Retry-After when there is none left.
   */
  take(principal: Principal): Quota;
  /** Forgets all requests so far. */
  reset(): void;
}

/** What a schema of the document says against a value: messages by place (`location.latitude`, '' for the whole). */
export type SchemaErrors = Record<string, string[]>;

/** Checks values against schemas of the document, formats included. */
export interface Schemas {
  /**
   * @param pointer where the schema stands in the document.
   * @param as what the value is part of; a field that is `readOnly` isn't asked for in a request. Default: an answer.
   */
  check(pointer: string, value: unknown, as?: 'request' | 'answer'): SchemaErrors | undefined;
}

/** An operation that a request is for. */
export interface Route {
  operation: Operation;
  /** Path parameters, decoded, by name. */
  path: Record<string, string>;
}

export interface Router {
  /** @throws Problem 404 for an unknown path, 405 with Allow for a method that the path doesn't have. */
  match(request: FakeRequest): Route;
  /** An operation of the path that a request goes to, that of its method if there is one. */
  near(request: FakeRequest): Operation | undefined;
}

/** A request on its way through the behaviours, once it is known what it asks for. */
export interface Call {
  readonly request: FakeRequest;
  readonly operation: Operation;
  readonly principal: Principal;
  readonly world: Surroundings;
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

/** What a call is answered with before headers and serialisation. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The table that the resources of the body belong to. */
  table?: Table;
}

/** Answers one operation. */
export type Handler = (call: Call) => Answer;

/** What a fake serves: sample data for a document. */
export interface Dataset {
  readonly tables: readonly Table[];
  /**
   * Operations that aren't reading or writing the items of a table, by method and path template:
   * `POST /evses/{evse_id}/reconnect`. The item that the path is below of exists when they are called.
   */
  readonly answers?: Readonly<Record<string, (call: Call, parent: Resource | undefined) => Answer>>;
  /** The users in whose context calls can be made. */
  readonly users?: {
    /** Path of the table of users. */
    readonly path: string;
    /** Request header that names a user, as id or URL. */
    readonly header: string;
    /** The user who consents at the authorization endpoint. */
    readonly consenting: string;
  };
}

/** Makes a dataset whose URLs begin with `base`. */
export type DatasetSource = (base: string) => Dataset;

/** What a call has around it. */
export interface Surroundings {
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  /** The value where the schema at a pointer allows it, else one that it allows and that is as like it as can be. */
  readonly fitted: (pointer: string, value: unknown) => unknown;
  /** A value of the schema at a pointer with these fields as far as it allows them: the same for the same ones. */
  readonly made: (pointer: string, fields: Resource) => unknown;
  readonly dataset: Dataset;
  readonly store: Store;
  readonly places: Places;
  readonly versioning: Versioning | undefined;
  /** What answers each operation. */
  readonly handlers: ReadonlyMap<Operation, Handler>;
  /** What the fake does with a request, as it is now: replacements included. */
  readonly behaviours: Behaviours;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A file that was sent to an address which the API named. */
export interface ReceivedFile {
  bytes: Uint8Array;
  /** As the sender named it. */
  type: string | undefined;
}

/** Takes files at addresses beside the API. */
export interface ReceivingFiles {
  /** The files so far, by the id of their resource. */
  readonly received: ReadonlyMap<string, ReceivedFile>;
  /** Whether files are sent to this path. */
  isAddress(pathname: string): boolean;
  receive(request: FakeRequest): FakeResponse;
}

/** Everything that one running fake consists of. */
export interface World extends Surroundings {
  behaviours: Behaviours;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  /** Makes the events of the document's webhooks. */
  readonly events: EventMaker;
  /** Takes the files that operations of the document name an address for. */
  readonly uploads: ReceivingFiles;
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
  /** What problems call a request to this path, if they can. */
  instanceOf: (pathname: string) => string | undefined;
}

/** The request header that chooses the version of the API and that every answer echoes. */
export interface Versioning {
  header: string;
  supported: readonly string[];
}

/** A request to the API with what became of it. */
export interface Outcome {
  response: FakeResponse;
  /** Present when the request reached an operation of the document. */
  call?: Call;
}

/**
 * What the fake does with a request, the first member at the OAuth endpoints and the others at the API, in this
 * order. Each can be replaced, to see what a client or a contract suite makes of an API that behaves otherwise.
 */
export interface Behaviours {
  /** @throws OAuthProblem 401 for an unknown client or a wrong secret. */
  authenticateClient(request: FakeRequest, form: URLSearchParams, clients: Clients): Application;
  /** @throws Problem 401 for a token that isn't good, also where none would be needed. */
  authenticate(request: FakeRequest, world: Pick<World, 'tokens'>): Principal;
  /** @throws Problem 404 or 405. */
  route(request: FakeRequest, router: Router): Route;
  /** @throws Problem 401 when the operation needs a token and there is none. */
  requireToken(operation: Operation, principal: Principal): void;
  /** @throws Problem 429 when nothing is left of the hour. */
  throttle(principal: Principal, limiter: RateLimiter): Quota;
  /**
   * The version that answers, undefined when the document knows no version header.
   *
   * @throws Problem 400 for a version that isn't supported.
   */
  chooseVersion(request: FakeRequest, world: Pick<World, 'versioning'>): string | undefined;
  /** @throws Problem 403 when the token wasn't granted a scope that the operation needs. */
  requireScopes(call: Call): void;
  /** @throws Problem 406 when the Accept header excludes what the operation answers with. */
  negotiate(call: Call): void;
  /** @throws Problem 400 that names each rejected parameter. */
  readParameters(call: Call): Pick<Call, 'query' | 'header'>;
  /** @throws Problem 400 for a body that isn't valid, 413 for one that is too long, 415 for another media type. */
  readBody(call: Call): unknown;
  /** @throws Problem 403 when the caller may not act for this user. */
  actingUser(call: Call): Call['user'];
  /** @throws Problem 404 when an item that the path names doesn't exist or isn't visible. */
  collect(call: Call): Visible;
  /** The items that the query parameters select, in the same order. */
  filter(items: readonly Resource[], collection: Collection, call: Call): readonly Resource[];
  /** Cuts the page that a call asks for out of the selected items. */
  paginate(items: readonly Resource[], collection: Collection, call: Call): PageOf<Resource>;
  /** The `Link` header of a page. */
  link(page: PageOf<Resource>, call: Call): string;
  list(call: Call): Answer;
  /** @throws Problem 404 when the item doesn't exist or isn't visible. */
  find(call: Call): Stored;
  retrieve(call: Call): Answer;
  update(call: Call): Answer;
  remove(call: Call): Answer;
  create(call: Call): Answer;
  /** The resource as the user sees it in whose context the call is made. */
  personalize(resource: Resource, table: Table | undefined, call: Call): Resource;
  /** The resource with the fields that the call expands replaced by the objects that they refer to. */
  expand(resource: Resource, call: Call): Resource;
}

/**
 * Replacements by name. Each gets the behaviour that it replaces:
 * `{ filter: () => (items) => items }` ignores all filters,
 * `{ paginate: (paginate) => (...args) => ({ ...paginate(...args), next: undefined }) }` hides the next page.
 */
export type Overrides = { [Name in keyof Behaviours]?: (original: Behaviours[Name]) => Behaviours[Name] };
