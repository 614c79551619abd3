import type { WireRequest, WireResponse } from './model.js';

/** Carries one request to the server; throws when no answer comes. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

const TIMEOUT = 30_000;

/** Sends with the platform's `fetch`: no retries, no redirects followed. */
export const fetchTransport: Transport = async (request) => {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return readResponse(response);
};

export async function readResponse(response: Response): Promise<WireResponse> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const wire = { status: response.status, headers: response.headers };
  try {
    return { ...wire, body: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ...wire, body: new TextDecoder().decode(bytes), malformedText: true };
  }
}
