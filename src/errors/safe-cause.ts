import { authorizationSecrets, redact } from '../redact.js';
import type { ConnectionError } from './connection-error.js';

/** Objects that are looked through; a cause with more is taken to hold the secret. */
const LIMIT = 1000;

/**
 * Takes the authorization out of an error of the transport: out of its message, and a cause that holds it (the errors
 * of some libraries have the request in them) is replaced by an error of the same name, code and message.
 */
export function hideAuthorization(error: ConnectionError, authorization: string | undefined): void {
  const secrets = authorizationSecrets(authorization);
  const hide = (text: string) => redact(text, ...secrets);
  error.message = hide(error.message);
  if (error.stack) error.stack = hide(error.stack);
  const { cause } = error;
  if (cause !== undefined && holds(cause, (text) => hide(text) !== text))
    error.cause = replacement(cause, hide);
}

function replacement(cause: unknown, hide: (text: string) => string): Error {
  if (!(cause instanceof Error)) return new Error('left out, as it held the token');
  const safe = new Error(hide(cause.message));
  const { name, code } = cause as { name: string; code?: unknown };
  Object.assign(safe, { name: hide(name) }, typeof code === 'string' && { code: hide(code) });
  if (cause.stack) safe.stack = hide(cause.stack);
  return safe;
}

function holds(root: unknown, secret: (text: string) => boolean): boolean {
  const seen = new Set<unknown>([root]);
  for (const value of seen) {
    if (seen.size > LIMIT) return true;
    if (typeof value === 'string' && secret(value)) return true;
    if (typeof value === 'object' && value !== null) for (const part of parts(value)) seen.add(part);
  }
  return false;
}

/** Names and values that an inspection shows, without running any getter of the object's own. */
function parts(value: object): unknown[] {
  if (ArrayBuffer.isView(value)) return [];
  const found: unknown[] = [];
  if (value instanceof Headers || value instanceof Map || value instanceof Set) found.push(...value);
  if (value instanceof Request || value instanceof Response) found.push(value.headers, value.url);
  if (value instanceof Error) found.push(value.stack);
  for (const name of Reflect.ownKeys(value))
    found.push(name, Object.getOwnPropertyDescriptor(value, name)?.value);
  return found;
}
