import type { Probe, WireRequest, WireResponse } from '../model/exchange.js';

/** Carries one probe to the server and brings back what really went over the wire. */
export type Transport = (
  probe: Probe,
  authorization: string | undefined,
) => Promise<{ request: WireRequest; response: WireResponse }>;

/** No answer came: the connection broke, or the time ran out. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly request: WireRequest;

  constructor(request: WireRequest, reason: string) {
    super(reason);
    this.request = request;
  }
}

/** Reads an answer as it came, whatever it is. */
export async function readResponse(response: Response): Promise<WireResponse> {
  const { status, headers } = response;
  return { status, headers, ...readText(await response.arrayBuffer()) };
}

/** Bytes as the UTF-8 text that they should be; marked where they aren't. */
export function readText(
  bytes: ArrayBufferLike | ArrayBufferView,
): Pick<WireResponse, 'body' | 'malformedText'> {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { body: new TextDecoder().decode(bytes), malformedText: true };
  }
}

/** Sends one request as it is: no retries, no redirects followed. */
export async function exchange(request: WireRequest, timeout: number): Promise<WireResponse> {
  const { method, url, headers, body } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body }),
    });
    return await readResponse(response);
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
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
