import { parseJson } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import type { Exchange, WireRequest, WireResponse } from '../model/exchange.js';
import type { Probe } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import type { Judgement } from '../model/verdict.js';
import { type Route, routeOf } from '../operation/route.js';
import { judgeAnswer } from '../run/judge.js';

/** An exchange that was recorded by another program. */
export interface RecordedExchange {
  method: string;
  /** Absolute URL, or a path with query. */
  url: string;
  requestHeaders: Readonly<Record<string, string>>;
  requestBody?: string;
  response: WireResponse;
}

/** Why a recorded exchange can't be judged: `the recorder kept no body`. */
export interface Lost {
  reason: string;
}

/**
 * Checks a recorded exchange with the rules on single answers. Undefined if no operation of the document has its method
 * and path.
 */
export function judgeRecorded(
  contract: Contract,
  rules: readonly Rule[],
  recorded: RecordedExchange,
  number = 1,
): { exchange: Exchange; judgements: Judgement[] } | undefined {
  const route = routeRecorded(contract, recorded);
  return route && judgeRouted(contract, rules, recorded, route, number);
}

/** Like `judgeRecorded`, if the operation is known. */
export function judgeRouted(
  contract: Contract,
  rules: readonly Rule[],
  recorded: RecordedExchange,
  { operation, path, url }: RecordedRoute,
  number: number,
): { exchange: Exchange; judgements: Judgement[] } {
  const name = `${operation.method} ${url.pathname}`;
  const request: WireRequest = {
    method: operation.method,
    url: url.href,
    headers: Object.fromEntries(
      Object.entries(recorded.requestHeaders).map(([key, value]) => [key.toLowerCase(), value]),
    ),
    ...(recorded.requestBody === undefined ? {} : { body: recorded.requestBody }),
  };
  const probe: Probe = {
    name,
    operation,
    method: operation.method,
    path,
    query: [...url.searchParams],
    headers: request.headers,
    credential: 'token',
    // We don't know the request's purpose, so any declared status is fine.
    expect: ['1XX', '2XX', '3XX', '4XX', '5XX'],
    rule: 'succeeds',
    guessed: [],
  };
  const json = parseJson(recorded.response.body);
  const exchange: Exchange = { number, name, request, response: recorded.response, json, probe, operation };
  return { exchange, judgements: judgeAnswer(exchange, contract, rules) };
}

/** The operation of a recorded request, and its URL. */
export interface RecordedRoute extends Route {
  url: URL;
}

/** The operation of a recorded request; undefined if the document has none. */
export function routeRecorded(
  contract: Contract,
  request: Pick<RecordedExchange, 'method' | 'url'>,
): RecordedRoute | undefined {
  const local = 'http://localhost';
  const url = URL.canParse(request.url, local) ? new URL(request.url, local) : undefined;
  const route = url && routeOf(contract, request.method, url);
  return url && route && { ...route, url };
}
