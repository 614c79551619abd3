import { reason } from '../observe/reason.js';
import { bodyHiderOf, hiderOf } from '../observe/redact.js';
import type { ApiRequest } from '../send/request.js';
import { CutBody } from '../send/response.js';
import { ConnectionError } from './connection-error.js';
import { excerpt } from './failure.js';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');
/** What `parts` takes apart, and what holds no text of others. */
const KNOWN = [Headers, Map, Set, Request, Response, URL, URLSearchParams, AbortSignal, Date];

/** Objects that are looked through; a cause with more is taken to hold the secret. */
const LIMIT = 1000;

/**
 * The error of a call whose transport failed, without what is secret of the headers that were sent: that is taken out
 * of the message, and a cause that holds it (the errors of some libraries have the request in them) is replaced by an
 * error of the same name, code and message.
 * @param failure what the transport threw, or the body that it cut off
 */
export function connectionError(
  { operation: { id }, method, url, headers: sent }: ApiRequest,
  failure: unknown,
): ConnectionError {
  let start = '';
  const hide = hiderOf(sent);
  const failed = (why: string, cause?: unknown) =>
    new ConnectionError(
      `${id} got no complete answer from ${new URL(url).origin}: ${why}${start}`,
      { operationId: id, method, url },
      cause,
    );
  try {
    const { cause: error, text } = failure instanceof CutBody ? failure : { cause: failure, text: '' };
    start = text && `; its body starts: ${excerpt(bodyHiderOf(sent)(text))}`;
    const open = error !== undefined && holds(error, (text) => hide(text) !== text);
    return failed(hide(reason(error)), open ? replacement(error, hide) : error);
  } catch {
    // Anything can be thrown: what has no text, or throws when it is looked at.
    return failed('the transport threw what is no error');
  }
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
    if ((typeof value === 'string' || typeof value === 'symbol') && secret(String(value))) return true;
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      if (hidesParts(value)) return true;
      for (const part of parts(value)) seen.add(part);
    }
  }
  return false;
}

/** Whether it shows what only code of its own can tell: then it is taken to hold the secret. */
function hidesParts(value: object): boolean {
  if (KNOWN.some((known) => value instanceof known) || ArrayBuffer.isView(value)) return false;
  return (
    value instanceof String ||
    value instanceof Symbol ||
    'next' in value ||
    INSPECT in value ||
    'toJSON' in value ||
    Object.values(Object.getOwnPropertyDescriptors(value)).some(({ get }) => get)
  );
}

/** Names and values that an inspection shows, without running any getter of the object's own. */
function parts(value: object): unknown[] {
  if (ArrayBuffer.isView(value)) return [];
  const found: unknown[] = [];
  if (value instanceof Headers || value instanceof Map || value instanceof Set)
    for (const part of value) if (found.push(part) > LIMIT) break;
  if (value instanceof Request || value instanceof Response) found.push(value.headers, value.url);
  if (value instanceof URL || value instanceof URLSearchParams) found.push(String(value));
  if (value instanceof Error) found.push(value.stack);
  for (const name of Reflect.ownKeys(value))
    found.push(name, Object.getOwnPropertyDescriptor(value, name)?.value);
  return found;
}
