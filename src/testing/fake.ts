import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Overrides, override } from './behaviours.js';
import { preflight, share } from './cors.js';
import { Faults } from './faults.js';
import { type Client, Clients } from './oauth/clients.js';
import { type AuthorizationRequest, Codes } from './oauth/codes.js';
import { authorizationEndpoint, type OAuth, revocationEndpoint, tokenEndpoint } from './oauth/endpoints.js';
import type { Grant } from './oauth/tokens.js';
import type { FakeOptions } from './options.js';
import { answer, type Outcome } from './pipeline.js';
import { scopesOf } from './places.js';
import { Problem } from './problems.js';
import { type Recorded, record } from './recorded.js';
import { Router } from './router.js';
import { listen, send } from './server.js';
import type { Endpoint, FakeRequest, FakeResponse, World } from './types.js';
import { createWorld, documentOf } from './world.js';

/** A running fake of the API. */
export interface Fake extends AsyncDisposable {
  /** Base URL of the API: what a client takes as `baseUrl`. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
  readonly authorizationUrl: string | undefined;
  /** An access token of the first client with all its scopes, of no user. */
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The requests so far, oldest first. */
  readonly requests: Recorded[];
  /** What shall go wrong. */
  readonly faults: Faults;
  /** What the fake consists of, to look at or to change the data behind the API. */
  readonly world: World;
  /** An access token. Default: of the first client with all its scopes, of no user. `lifetime` in seconds. */
  issueToken(grant?: Partial<Grant> & { lifetime?: number }): string;
  /** An authorization code, as the consent of the user gives it. */
  authorize(request: AuthorizationRequest): string;
  /** Replaces behaviours from now on; the returned function takes the replacements back. */
  override(overrides: Overrides): () => void;
  close(): Promise<void>;
}

const DEFAULT_CLIENT: Client = { id: 'fake-client', secret: 'fake-secret' };

/**
 * Starts a fake of the API on 127.0.0.1: stateful, deterministic, and as strict as the document.
 *
 * @example
 * await using fake = await startFake();
 * const response = await fetch(`${fake.url}/evse_makes`);
 */
export async function startFake(options: FakeOptions = {}): Promise<Fake> {
  const document = await documentOf(options.document);
  const clients = options.clients ?? [DEFAULT_CLIENT];
  const scopes = scopesOf(document);
  const faults = new Faults();
  const requests: Recorded[] = [];
  let handle: (request: FakeRequest, raw: ServerResponse) => Promise<void>;
  // Only once the server listens it is known what address the sample data has to name.
  const { origin, close } = await listen(options.port ?? 0, (request, raw) => handle(request, raw));
  const world = await createWorld(document, origin, options).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const { places, tokens } = world;
  const registry = new Clients(clients, scopes);
  const codes = new Codes(registry, tokens, world.dataset.users?.consenting, world.now);
  const respond = responder(world, { clients: registry, codes, tokens });

  handle = async (request, raw) => {
    const allowance = options.cors && preflight(request);
    if (allowance) {
      send(allowance, raw);
      return;
    }
    const endpoint = endpointOf(request, world);
    if (options.latency && endpoint === 'api') await wait(options.latency);
    const fault = faults.take(request, endpoint);
    if (fault?.kind === 'latency') await wait(fault.milliseconds);
    const keep = (response?: FakeResponse, outcome?: Outcome) => {
      if (options.record !== false) requests.push(record(request, endpoint, response, outcome?.call, fault));
    };
    if (fault?.kind === 'reset') {
      keep();
      raw.destroy();
      return;
    }
    const outcome = respond(request, endpoint, fault);
    if (options.cors) share(outcome.response);
    if (options.tamper) {
      // What is tampered with is this answer, not the resource behind it.
      outcome.response.body = structuredClone(outcome.response.body);
      options.tamper(outcome.response, { ...outcome, request, endpoint });
    }
    keep(outcome.response, outcome);
    send(outcome.response, raw, fault?.kind === 'cut');
  };

  const [first = DEFAULT_CLIENT] = clients;
  const issueToken: Fake['issueToken'] = ({ lifetime, ...grant } = {}) => {
    const whole = { clientId: first.id, scopes: first.scopes ?? scopes, ...grant };
    return tokens.issue(whole, { lifetime }).accessToken;
  };
  return {
    url: `${origin}${places.basePath}`,
    tokenUrl: `${origin}${places.tokenPath}`,
    revocationUrl: `${origin}${places.revocationPath}`,
    authorizationUrl: places.authorizationPath && `${origin}${places.authorizationPath}`,
    token: issueToken(),
    clientId: first.id,
    clientSecret: first.secret ?? '',
    requests,
    faults,
    world,
    issueToken,
    authorize: (request) => codes.issue(request),
    override: (overrides) => {
      const before = world.behaviours;
      world.behaviours = override(before, overrides);
      return () => {
        world.behaviours = before;
      };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The longest that a timer can wait. */
const MAX_TIMER = 2 ** 31 - 1;

// A wait must not keep a process alive whose server has been closed.
function wait(milliseconds: number): Promise<void> {
  return sleep(Math.min(milliseconds, MAX_TIMER), undefined, { ref: false });
}

type Respond = (request: FakeRequest, endpoint: Endpoint, fault?: ReturnType<Faults['take']>) => Outcome;

function responder(world: World, oauth: Omit<OAuth, 'behaviours'>): Respond {
  const router = new Router(world.operations, world.places.basePath);
  const endpoints = {
    token: { method: 'POST', path: world.places.tokenPath, respond: tokenEndpoint },
    revocation: { method: 'POST', path: world.places.revocationPath, respond: revocationEndpoint },
    authorization: { method: 'GET', path: world.places.authorizationPath, respond: authorizationEndpoint },
  };
  return (request, endpoint, fault) => {
    if (fault?.kind === 'response') return { response: structuredClone(fault.response) };
    if (endpoint === 'api') {
      return answer(request, world, router, fault?.kind === 'problem' ? fault.problem : undefined);
    }
    const { method, path, respond } = endpoints[endpoint];
    // Without the slash at its end the address is there, but nothing can be done with it.
    const exact = request.url.pathname === path;
    if (exact && request.method === method) {
      return { response: respond(request, { ...oauth, behaviours: world.behaviours }) };
    }
    const detail = exact ? `Only ${method} is allowed here.` : `The address is ${path}, with the slash.`;
    const headers = { Allow: exact ? method : '' };
    const problem = new Problem(405, 'Method not allowed', detail, { headers });
    return { response: problem.response(world.places.problemTypes, request.url.pathname) };
  };
}

function endpointOf({ url: { pathname } }: FakeRequest, { places }: World): Endpoint {
  const is = (path: string | undefined) => path?.replace(/\/$/, '') === pathname.replace(/\/$/, '');
  if (is(places.tokenPath)) return 'token';
  if (is(places.revocationPath)) return 'revocation';
  if (is(places.authorizationPath)) return 'authorization';
  return 'api';
}
