import { type Operation, userHeader } from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { forbidden, invalidParameters, unauthorized } from '../problems.js';
import type { Call, Principal, World } from '../world.js';

/**
 * Who sends the request. Without a token, that is anyone at the caller's address.
 *
 * @throws Problem 401 for an invalid token, even if none is needed.
 */
export function authenticate(request: FakeRequest, world: World): Principal {
  const { authorization } = request.headers;
  if (authorization === undefined) return anonymous(request);
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthorized('The Authorization header must be `Bearer` and a token.');
  const grant = world.tokens.check(token);
  if (!grant) {
    throw unauthorized('The access token has expired, was revoked or is unknown.', 'invalid_token');
  }
  const bucket = grant.userId === undefined ? grant.clientId : `${grant.clientId} ${grant.userId}`;
  return { ...grant, bucket };
}

export function anonymous(request: FakeRequest): Principal {
  return { scopes: [], bucket: `address ${request.ip}` };
}

/** @throws Problem 401 if the operation needs a token and there is none. */
export function requireToken(operation: Operation, principal: Principal): void {
  if (!operation.public && principal.clientId === undefined) {
    throw unauthorized('The request has no access token.');
  }
}

/** @throws Problem 403 if the token lacks a scope that the operation needs. */
export function requireScopes({ operation, principal }: Call): void {
  // `requireToken` has already decided whether anonymous callers are allowed.
  if (operation.public || principal.clientId === undefined) return;
  const missing = operation.scopes.filter((scope) => !principal.scopes.includes(scope));
  if (missing.length === 0) return;
  const scope = operation.scopes.join(' ');
  throw forbidden(`The access token lacks the scope ${missing.join(' ')}.`, {
    'WWW-Authenticate': `Bearer realm="api", error="insufficient_scope", scope="${scope}"`,
  });
}

/**
 * The user in whose context the call is made: the token's, else the one that a request header names.
 *
 * @throws Problem 400 if there is none and the operation needs one, 403 if the caller may not act for this user.
 */
export function actingUser(call: Call): Call['user'] {
  const user = userOf(call);
  const header = userHeader(call.operation)?.parameter.name;
  if (user || !call.operation.needsUser || header === undefined || header in call.header) return user;
  throw invalidParameters({ [header]: ['is required with a token that stands for no user'] });
}

function userOf({ header, principal, world }: Call): Call['user'] {
  const { users } = world.dataset;
  const named = users ? header[users.header] : undefined;
  if (named === undefined || !users) return principal.userId ? { id: principal.userId } : undefined;
  // The header gives a user to a client-credentials request; without a token it means nothing.
  if (principal.clientId === undefined) return undefined;
  const id = String(named).replace(/\/$/, '').split('/').at(-1) ?? '';
  const known = world.store.item(users.path, [id]);
  if (!known || (principal.userId !== undefined && principal.userId !== id)) {
    throw forbidden('Your application may not act for this user.');
  }
  return { id, header: users.header };
}
