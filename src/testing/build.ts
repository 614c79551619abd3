import type { OpenApiDocument } from '../document/index.js';
import { override } from './api/behaviours.js';
import { scopesOf } from './api/places.js';
import { createWorld } from './create-world.js';
import type { Fake } from './fake.js';
import { Faults } from './faults/orders.js';
import { preflight, share } from './http/cors.js';
import type { FakeRequest, FakeResponse } from './http/exchange.js';
import { fetchOf } from './http/fetch.js';
import { connectionReset, isConnectionReset, networkError } from './http/network-errors.js';
import { type Recorded, record } from './http/recorded.js';
import { readRequest } from './http/request.js';
import { toResponse } from './http/response.js';
import { Waits } from './http/wait.js';
import { KnownClients } from './oauth/clients.js';
import { Codes } from './oauth/codes.js';
import type { Client } from './oauth/grant.js';
import type { FakeOptions } from './options.js';
import { type Responder, responder } from './respond.js';
import { Webhooks } from './webhooks/webhooks.js';
import type { Outcome } from './world.js';

const DEFAULT_CLIENT: Client = { id: 'fake-client', secret: 'fake-secret' };

/** A fake, and the function that answers its requests. */
export interface Built {
  fake: Fake;
  /**
   * @param ip address of the caller.
   * @throws TypeError `fetch failed` if a fault breaks the connection.
   */
  respond: (request: Request, ip: string) => Promise<Response>;
}

/**
 * Builds a fake that is reached at `origin`, in process or through a server around it. Uses web standards only.
 *
 * @param origin the address that the sample data names as its own: `http://127.0.0.1:4000`.
 */
export function buildFake(document: OpenApiDocument, origin: string, options: FakeOptions): Built {
  const clients = options.clients ?? [DEFAULT_CLIENT];
  const world = createWorld(document, origin, options);
  const scopes = scopesOf(document, world.operations);
  const { places, tokens } = world;
  const registry = new KnownClients(clients, scopes);
  const codes = new Codes(registry, tokens, world.dataset.users?.consenting, world.now);
  const door: Door = {
    options,
    responder: responder(world, { clients: registry, codes, tokens }),
    faults: new Faults(),
    waits: new Waits(),
    requests: [],
    closed: false,
  };
  const { faults, waits, requests } = door;

  const respond: Built['respond'] = async (request, ip) => {
    if (door.closed) throw networkError('ECONNREFUSED', 'The fake has been closed');
    const received = await readRequest(request, ip);
    return handle(received, request.signal, door).catch(mistake);
  };

  const [first = DEFAULT_CLIENT] = clients;
  const issueToken: Fake['issueToken'] = ({ lifetime, ...grant } = {}) => {
    const whole = { clientId: first.id, scopes: first.scopes ?? scopes, ...grant };
    return tokens.issue(whole, { lifetime }).accessToken;
  };
  const close = async () => {
    door.closed = true;
    waits.end();
  };
  const fake: Fake = {
    url: `${origin}${places.basePath}`,
    tokenUrl: `${origin}${places.tokenPath}`,
    revocationUrl: `${origin}${places.revocationPath}`,
    authorizationUrl: places.authorizationPath && `${origin}${places.authorizationPath}`,
    token: issueToken(),
    clientId: first.id,
    clientSecret: first.secret ?? '',
    requests,
    faults,
    uploads: world.uploads.received,
    webhooks: new Webhooks({
      events: world.events,
      seed: String(options.seed ?? 1),
      now: world.now,
      wait: (milliseconds) => waits.wait(milliseconds, new AbortController().signal),
    }),
    world,
    // In process, all callers count as one.
    fetch: fetchOf(origin, (request) => respond(request, 'in process')),
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
  return { fake, respond };
}

/** What a request passes on its way in and out. */
interface Door {
  readonly options: FakeOptions;
  readonly responder: Responder;
  readonly faults: Faults;
  readonly waits: Waits;
  readonly requests: Recorded[];
  closed: boolean;
}

async function handle(request: FakeRequest, caller: AbortSignal, door: Door): Promise<Response> {
  const { options, responder: api, faults, waits, requests } = door;
  const allowance = options.cors && preflight(request);
  if (allowance) return toResponse(allowance);
  const endpoint = api.endpointOf(request);
  if (options.latency && endpoint === 'api') await waits.wait(options.latency, caller);
  const fault = faults.take(request, endpoint);
  if (fault?.kind === 'latency') await waits.wait(fault.milliseconds, caller);
  if (door.closed) throw connectionReset();
  const keep = (response?: FakeResponse, outcome?: Outcome) => {
    if (options.record !== false) requests.push(record(request, endpoint, response, outcome?.call, fault));
  };
  if (fault?.kind === 'reset') {
    keep();
    throw connectionReset();
  }
  const outcome = await api.answer(request, endpoint, fault);
  if (options.cors) share(outcome.response);
  if (options.tamper) {
    // Tamper with this answer, not with the resource behind it.
    outcome.response.body = structuredClone(outcome.response.body);
    options.tamper(outcome.response, { ...outcome, request, endpoint });
  }
  keep(outcome.response, outcome);
  return toResponse(outcome.response, { head: request.method === 'HEAD', cut: fault?.kind === 'cut' });
}

/** If a behaviour throws anything but a problem, the test has a mistake; the answer shows it. */
function mistake(error: unknown): Response {
  if (isConnectionReset(error)) throw error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Response(text, { status: 500, headers: { 'Content-Type': 'text/plain' } });
}
