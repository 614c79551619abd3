import type { ServerResponse } from 'node:http';
import { loadDocument, type OpenApiDocument, readOperations } from '../document/index.js';
import { conforming, type Overrides, override } from './behaviours.js';
import { type SampleOptions, sampleData } from './data/index.js';
import type { DatasetSource } from './dataset.js';
import { handlerOf } from './handlers.js';
import { type AuthorizationRequest, OAuth } from './oauth.js';
import { answer } from './pipeline.js';
import { placesOf, scopesOf, versioningOf } from './places.js';
import { Problem } from './problems.js';
import { type RateLimit, RateLimiter } from './rate-limit.js';
import { Router } from './router.js';
import { schemasOf } from './schemas.js';
import { listen, send } from './server.js';
import { Store } from './store.js';
import { type Client, type Grant, Tokens } from './tokens.js';
import type { Call, FakeRequest, FakeResponse, World } from './types.js';

/** Changes an answer before it is sent, in place or by returning another. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that changes the answer in place returns nothing.
export type Tamper = (response: FakeResponse, exchange: TamperContext) => FakeResponse | undefined | void;

export interface TamperContext {
  readonly request: FakeRequest;
  readonly endpoint: Endpoint;
  /** Present when the request reached an operation of the document. */
  readonly call?: Call;
}

/** What kind of address a request went to. */
export type Endpoint = 'api' | 'token' | 'revocation' | 'authorization';

export interface FakeOptions extends SampleOptions {
  /** Port on 127.0.0.1. Default 0: any free one. */
  port?: number;
  /** The OpenAPI document that is served, or its file. Default: the one of this package. */
  document?: OpenApiDocument | string | URL;
  /** What is served. Default: the sample data, which fits the document of this package. */
  data?: DatasetSource;
  /** OAuth applications. Default: one with all scopes. */
  clients?: readonly Client[];
  /** Requests in a rolling hour. Default 1000, and 50 without a token. */
  rateLimit?: number | RateLimit;
  /** Seconds that access tokens live. Default 36,000. */
  tokenLifetime?: number;
  /** Base of the absolute URLs in answers. Default: the fake's own; a static mock would name the live host. */
  linkBase?: string;
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
  /** Behaviours that differ from those of the API. */
  behaviours?: Overrides;
  /** Changes answers before they are sent. */
  tamper?: Tamper;
  /** Whether `requests` is kept. Default true; switch it off for long runs. */
  record?: boolean;
}

/** A request that the fake received, and how it was answered. */
export interface Recorded {
  method: string;
  /** Path and query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  endpoint: Endpoint;
  operationId?: string;
  status: number;
}

/** A running fake of the API. */
export interface Fake extends AsyncDisposable {
  /** Base URL of the API: what a client takes as `baseUrl`. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
  readonly authorizationUrl: string | undefined;
  /** An access token of the first client with all its scopes. */
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The requests so far, oldest first. */
  readonly requests: Recorded[];
  readonly world: World;
  /** An access token for tests. Default: of the first client with all its scopes, of no user. */
  issueToken(grant?: Partial<Grant> & { lifetime?: number }): string;
  /** An authorization code, as the consent of the user gives it. */
  authorize(request: AuthorizationRequest): string;
  /** Replaces behaviours from now on; the returned function takes the replacements back. */
  override(overrides: Overrides): () => void;
  close(): Promise<void>;
}

const DEFAULT_CLIENT: Client = { id: 'fake-client', secret: 'fake-secret' };

/** The document of this package, which stands beside the sources as well as beside the built files. */
const VENDORED = new URL('../../openapi/ev-energy-v2.yaml', import.meta.url);

/**
 * Starts a fake of the API on 127.0.0.1: stateful, deterministic, and as strict as the document.
 *
 * @example
 * await using fake = await startFake();
 * const response = await fetch(`${fake.url}/evse_makes`);
 */
export async function startFake(options: FakeOptions = {}): Promise<Fake> {
  const document = await documentOf(options.document);
  const now = options.now ?? Date.now;
  const behaviours = override(conforming, options.behaviours ?? {});
  const clients = options.clients ?? [DEFAULT_CLIENT];
  const requests: Recorded[] = [];
  let handle: (request: FakeRequest, raw: ServerResponse) => Promise<void>;
  // The sample data names its own address, which is only known once the server listens.
  const listening = await listen(options.port ?? 0, (request, raw) => handle(request, raw));
  const { origin } = listening;
  const operations = readOperations(document);
  const places = placesOf(document, origin, options.linkBase);
  const dataset = (options.data ?? sampleData(options))(places.linkBase);
  const store = new Store(dataset, operations);
  const tokens = new Tokens(options.tokenLifetime ?? 36_000, now);
  const limits = typeof options.rateLimit === 'number' ? { limit: options.rateLimit } : options.rateLimit;
  const world: World = {
    document,
    operations,
    dataset,
    store,
    tokens,
    behaviours,
    places,
    now,
    handlers: new Map(operations.map((operation) => [operation, handlerOf(operation, { dataset, store })])),
    schemas: schemasOf(document),
    limiter: new RateLimiter(limits ?? {}, now),
    versioning: versioningOf(document, operations),
  };
  const scopes = scopesOf(document);
  const oauth = new OAuth(clients, scopes, dataset.users?.consenting, tokens, now);
  const router = new Router(operations, places.basePath);

  const respond = (request: FakeRequest, endpoint: Endpoint): { response: FakeResponse; call?: Call } => {
    switch (endpoint) {
      case 'token':
        return { response: only('POST', request, () => oauth.token(request)) };
      case 'revocation':
        return { response: only('POST', request, () => oauth.revoke(request)) };
      case 'authorization':
        return { response: only('GET', request, () => oauth.authorize(request)) };
      default:
        return answer(request, world, router);
    }
  };
  const only = (method: string, request: FakeRequest, go: () => FakeResponse): FakeResponse => {
    if (request.method === method) return go();
    const problem = new Problem(405, 'Method not allowed', `Only ${method} is allowed here.`, {
      headers: { Allow: method },
    });
    return problem.response(places.problemTypes, request.url.pathname);
  };
  handle = async (request, raw) => {
    const endpoint = endpointOf(request.url.pathname, places);
    const outcome = respond(request, endpoint);
    const response =
      options.tamper?.(outcome.response, { ...outcome, request, endpoint }) ?? outcome.response;
    if (options.record !== false) requests.push(record(request, endpoint, response, outcome.call));
    send(response, raw);
  };

  const [first = DEFAULT_CLIENT] = clients;
  const issueToken: Fake['issueToken'] = ({ lifetime, ...grant } = {}) =>
    tokens.issue(
      { clientId: first.id, scopes: first.scopes ?? scopes, ...grant },
      lifetime === undefined ? {} : { lifetime },
    ).accessToken;
  return {
    url: `${origin}${places.basePath}`,
    tokenUrl: `${origin}${places.tokenPath}`,
    revocationUrl: `${origin}${places.revocationPath}`,
    authorizationUrl: places.authorizationPath && `${origin}${places.authorizationPath}`,
    token: issueToken(),
    clientId: first.id,
    clientSecret: first.secret ?? '',
    requests,
    world,
    issueToken,
    authorize: (request) => oauth.issueCode(request),
    override: (overrides) => {
      const before = world.behaviours;
      world.behaviours = override(before, overrides);
      return () => {
        world.behaviours = before;
      };
    },
    close: listening.close,
    [Symbol.asyncDispose]: listening.close,
  };
}

let vendored: Promise<OpenApiDocument> | undefined;

function documentOf(given: FakeOptions['document']): Promise<OpenApiDocument> | OpenApiDocument {
  if (given === undefined) {
    vendored ??= loadDocument(VENDORED);
    return vendored;
  }
  return typeof given === 'string' || given instanceof URL ? loadDocument(given) : given;
}

function endpointOf(path: string, places: World['places']): Endpoint {
  if (path === places.tokenPath) return 'token';
  if (path === places.revocationPath) return 'revocation';
  if (path === places.authorizationPath) return 'authorization';
  return 'api';
}

function record(request: FakeRequest, endpoint: Endpoint, response: FakeResponse, call?: Call): Recorded {
  return {
    method: request.method,
    path: `${request.url.pathname}${request.url.search}`,
    query: request.url.searchParams,
    headers: request.headers,
    body: request.body.toString('utf8'),
    endpoint,
    ...(call ? { operationId: call.operation.id } : {}),
    status: response.status,
  };
}
