import { ConnectionError } from '../errors/connection-error.js';
import { reason } from '../observe/reason.js';
import type { ApiRequest } from '../send/request.js';
import { CutBody } from '../send/response.js';
import { excerpt } from './failure.js';
import { hiderOf, shownOf } from './redact.js';

/** Nested causes that an error keeps. */
const DEPTH = 5;

/** What Node's errors carry besides their message. */
const MEMBERS = ['name', 'code', 'errno', 'syscall', 'hostname', 'address', 'port'] as const;

/**
 * Makes the error for a request whose transport failed, without the secrets of the headers that were sent.
 * @param failure what the transport threw, or the body that was cut off
 */
export function connectionError(request: ApiRequest, failure: unknown): ConnectionError {
  const { operation, url } = request;
  const hide = hiderOf(request);
  const failed = (why: string, cause?: Error) =>
    new ConnectionError(
      `${hide(`${operation.id} got no complete answer from ${new URL(url).origin}`)}: ${why}`,
      shownOf(request),
      cause,
    );
  try {
    const { cause, text } = failure instanceof CutBody ? failure : { cause: failure, text: '' };
    const start = text && `; its body starts: ${excerpt(text, hide)}`;
    return failed(`${hide(reason(cause))}${start}`, safeCopy(cause, hide));
  } catch {
    // Anything can be thrown, even what can't be converted to text or throws when it is read.
    return failed('the transport threw something other than an error');
  }
}

/**
 * Copies a transport's error: its message, its stack and the fields that Node sets. Nothing else is copied, since the
 * errors of some libraries hold the whole request, token included.
 */
export function safeCopy(error: unknown, hide: (text: string) => string, depth = 0): Error {
  if (!(error instanceof Error)) return new Error(hide(reason(error)));
  const kept = error.cause !== undefined && depth < DEPTH;
  const cause = kept ? { cause: safeCopy(error.cause, hide, depth + 1) } : undefined;
  const copy = new Error(hide(String(error.message || reason(error))), cause);
  for (const name of MEMBERS) {
    const value = (error as unknown as Record<string, unknown>)[name];
    if (typeof value === 'string') Object.assign(copy, { [name]: hide(value) });
    else if (typeof value === 'number') Object.assign(copy, { [name]: value });
  }
  if (typeof error.stack === 'string') copy.stack = hide(error.stack);
  return copy;
}
