import type { Fault } from '../faults/fault.js';
import type { Call } from '../world.js';
import type { Endpoint, FakeRequest, FakeResponse } from './exchange.js';

/** A request that the fake received, and how it was answered. */
export interface Recorded {
  /** Upper case. */
  method: string;
  /** Path and query. */
  path: string;
  query: URLSearchParams;
  /** Names are in lower case. */
  headers: Readonly<Record<string, string>>;
  /** As text; empty if there was none. */
  body: string;
  /** The kind of address that it went to. */
  endpoint: Endpoint;
  /** Present if the request reached an operation of the document. */
  operationId?: string;
  /** Absent if the connection was reset. */
  status?: number;
  /** The fault that was ordered for it. */
  fault?: Fault['kind'];
}

export function record(
  request: FakeRequest,
  endpoint: Endpoint,
  response: FakeResponse | undefined,
  call: Call | undefined,
  fault: Fault | undefined,
): Recorded {
  return {
    method: request.method,
    path: `${request.url.pathname}${request.url.search}`,
    query: request.url.searchParams,
    headers: request.headers,
    body: new TextDecoder().decode(request.body),
    endpoint,
    ...(call ? { operationId: call.operation.id } : {}),
    ...(response ? { status: response.status } : {}),
    ...(fault ? { fault: fault.kind } : {}),
  };
}
