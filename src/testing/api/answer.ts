import { isObject, type Operation } from '../../document/index.js';
import type { FakeRequest, FakeResponse } from '../http/exchange.js';
import { Problem } from '../problems.js';
import type { Table } from '../resources/resource.js';
import type { Call, Handler, Outcome, Principal, Quota, Route, Router, World } from '../world.js';
import { anonymous } from './access.js';
import { asDeclared } from './problems/as-declared.js';

/**
 * Answers one request to the API.
 *
 * @param failure problem to answer with instead of the right answer.
 */
export function answer(request: FakeRequest, world: World, router: Router, failure?: Problem): Outcome {
  const { behaviours, limiter } = world;
  let version = world.versioning?.supported[0];
  let principal: Principal = anonymous(request);
  let quota: Quota | undefined;
  let call: Call | undefined;
  let operation: Operation | undefined;
  let response: FakeResponse;
  try {
    principal = behaviours.authenticate(request, world);
    const route = attempt(() => behaviours.route(request, router));
    if (!(route instanceof Problem)) operation = route.operation;
    // Requests refused for lack of a token aren't counted, so nobody can use up the requests of others at the same
    // address.
    if (!(route instanceof Problem)) behaviours.requireToken(route.operation, principal);
    quota = behaviours.throttle(principal, limiter);
    if (failure) throw failure;
    if (route instanceof Problem) throw route;
    version = behaviours.chooseVersion(request, world);
    call = { request, world, principal, query: {}, header: {}, ...route };
    response = succeed(call, handlerOf(route.operation, world));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { problemTypes, instanceOf } = world.places;
    const refusal = error.response(problemTypes, instanceOf(request.url.pathname));
    // The call may be refused before its operation is known; then the path decides what errors look like.
    response = asDeclared(refusal, operation ?? router.near(request), world, error.details.instead);
  }
  quota ??= limiter.peek(principal);
  response.headers = {
    ...(world.versioning && version !== undefined ? { [world.versioning.header]: version } : {}),
    'X-RateLimit-Limit': String(quota.limit),
    'X-RateLimit-Remaining': String(quota.remaining),
    ...response.headers,
  };
  return call ? { response, call } : { response };
}

function succeed(call: Call, handle: Handler): FakeResponse {
  const { behaviours } = call.world;
  behaviours.requireScopes(call);
  behaviours.negotiate(call);
  Object.assign(call, behaviours.readParameters(call));
  const user = behaviours.actingUser(call);
  if (user) call.user = user;
  call.body = behaviours.readBody(call);
  const { status, body, headers, table } = handle(call);
  if (body === undefined) return { status, headers: { ...headers } };
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: present(body, table, call),
  };
}

function handlerOf(operation: Operation, { handlers }: World): Handler {
  const handle = handlers.get(operation);
  if (!handle) throw new TypeError(`${operation.id} is not an operation of this fake`);
  return handle;
}

function present(body: unknown, table: Table | undefined, call: Call): unknown {
  if (Array.isArray(body)) return body.map((item) => present(item, table, call));
  if (!isObject(body)) return body;
  const { behaviours } = call.world;
  return behaviours.expand(behaviours.personalize(body, table, call), call);
}

function attempt(match: () => Route): Route | Problem {
  try {
    return match();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
