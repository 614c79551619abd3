import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import { statusClass } from '../errors/status-errors.js';
import type { Fetch } from '../options.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiResponse } from '../send/request.js';
import { isConfidential } from '../url/origin.js';
import { deadline, sleep, until } from '../wait/abort.js';
import type { Content } from './file.js';

/** Attempts to send a file, if it can be sent again. */
const ATTEMPTS = 3;
/** Milliseconds to wait before the second attempt; twice as many before the third. */
const WAIT = 500;

/** A file to send to a server other than the API's. */
export interface Put {
  /** The operation that named the address; errors name it. */
  readonly operation: OperationRow;
  readonly url: string;
  readonly content: Content;
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a file to an address that the API has named. That is another server, so it gets neither the token nor any
 * header of the client. Anyone who has the address can send to it, so errors leave it out.
 *
 * @throws ApiError for a status other than success, ConnectionError if no answer comes
 */
export async function put(fetch: Fetch, sending: Put): Promise<void> {
  const { content, signal } = sending;
  const target = targetOf(sending);
  // A stream can be read once.
  const attempts = content.body instanceof Blob ? ATTEMPTS : 1;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await once(fetch, target, sending);
    if (!failure) return;
    if (attempt >= attempts || !failure.again) throw failure.error;
    await sleep(WAIT * attempt, signal);
  }
}

interface Failed {
  error: Error;
  /** Whether another attempt may succeed. */
  again: boolean;
}

async function once(fetch: Fetch, target: URL, sending: Put): Promise<Failed | undefined> {
  const { content, timeout = Infinity } = sending;
  const { over, signal, clear } = deadline(timeout, () => late(target, sending), sending.signal);
  try {
    signal().throwIfAborted();
    const response = await until(over, fetch(target.href, initOf(content, signal())));
    await response.body?.cancel();
    return response.ok
      ? undefined
      : { error: refused(response, target, sending), again: response.status >= 500 };
  } catch (error) {
    if (signal().aborted) throw signal().reason;
    return { error: broken(error, target, sending), again: true };
  } finally {
    clear();
  }
}

function initOf({ body, size, type }: Content, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
  const init: RequestInit = { method: 'PUT', body, headers, redirect: 'manual', signal };
  if (body instanceof Blob) return init;
  // A stream of undeclared length is sent in chunks, which file stores refuse.
  headers['content-length'] = String(size);
  return { ...init, duplex: 'half' } as RequestInit;
}

function targetOf({ operation, url }: Put): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target && isConfidential(target)) return target;
  throw new ConnectionError(
    target
      ? `${operation.id} named an address that files would be sent to in the clear: ${target.origin}`
      : `${operation.id} named no address to send the file to`,
    details(target, operation),
  );
}

function refused({ status }: ApiResponse, target: URL, { operation }: Put): Error {
  // We leave out the store's own message: it may quote the signature in the address.
  const StatusError = statusClass(status);
  return new StatusError({
    ...details(target, operation),
    message: `The file of ${operation.id} was refused with ${status} by ${target.origin}; begin the upload again`,
    status,
    problem: undefined,
    headers: new Headers(),
    retryAfter: undefined,
  });
}

function broken(error: unknown, target: URL, { operation }: Put): ConnectionError {
  const code = (error as { cause?: { code?: unknown } })?.cause?.code;
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new ConnectionError(
    `The file of ${operation.id} got no answer from ${target.origin}${why}`,
    details(target, operation),
  );
}

function late(target: URL, { operation, timeout }: Put): TimeoutError {
  return new TimeoutError(
    `Sending the file of ${operation.id} took longer than ${timeout} ms; set timeout to allow more`,
    details(target, operation),
  );
}

function details(target: URL | undefined, { id }: OperationRow) {
  return { operationId: id, method: 'PUT', url: target ? shown(target) : '' };
}

/** The address without its query, which holds the permission to upload. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname;
}
