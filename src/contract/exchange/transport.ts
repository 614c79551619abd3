import { tlsReason } from '../../node/tls.js';
import type { Fetch } from '../../testing/index.js';
import type { WireRequest, WireResponse } from '../model/exchange.js';
import type { Probe } from '../model/probe.js';
import { readResponse } from './read-answer.js';
import { trace } from './trace.js';

/** The request as it really went over the wire. */
export interface Wire {
  request: WireRequest;
  response: WireResponse;
}

/** Sends a probe to the server, and returns what really went over the wire. */
export type Transport = (probe: Probe, authorization: string | undefined) => Promise<Wire>;

/** No answer came: the connection broke, or time ran out. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly request: WireRequest;

  constructor(request: WireRequest, reason: string) {
    super(reason);
    this.request = request;
  }
}

/** Sends a request as it is: without retries, without following redirects. */
export async function exchange(
  request: WireRequest,
  timeout: number,
  send: Fetch = fetch,
): Promise<WireResponse> {
  const { method, url, headers, body } = request;
  const started = performance.now();
  try {
    if (method === 'TRACE') return await trace(request, timeout);
    const response = await send(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body }),
    });
    return { ...(await readResponse(response)), seconds: (performance.now() - started) / 1000 };
  } catch (cause) {
    throw new NoAnswer(request, reasonOf(cause, timeout));
  }
}

function reasonOf(cause: unknown, timeout: number): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = (inner as NodeJS.ErrnoException).code;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND') return 'unknown host';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'connection reset';
  const tls = tlsReason(inner);
  if (tls) return tls;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
