import { isObject } from '../../document/index.js';
import { REMAINING_HEADER } from '../../text/conventions.js';
import { either } from '../../text/words.js';
import { lastSegment } from '../exchange/items.js';
import { rateLimit } from '../exchange/rate-limit.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';

/** One number may match by chance; several don't. */
const SEVERAL = 2;
/** Headers whose values servers and gateways give to a single answer. */
const OF_ONE_ANSWER = /(?:^|-)(?:request|correlation|trace)-?id$|^cf-ray$/;

export default {
  id: 'callers-apart',
  on: 'sequence',
  group: 'agree',
  notOnMock: 'the mock answers with fixed examples',
  title: 'Nobody gets the answer that another caller got',
  explain:
    'A caller with another token, with none, or with another value of a header that names a user, gets the very ' +
    "answer that was given to somebody else before: its headers say what was left of that caller's hour, or have " +
    'the id of that request. The likely cause is a cache in front that does not look at the token, or at that ' +
    'header. Other rules report what follows from it.',
  source: 'RFC 9111, sections 3.5 and 4.1',
  check(exchanges) {
    const [first] = exchanges;
    if (!first) return undefined;
    const answered = exchanges.filter(({ probe }) => probe.breaks === undefined);
    const callers = new Map(answered.map((exchange) => [exchange, callerOf(exchange)]));
    if (new Set(callers.values()).size < 2) return undefined;
    const originals = new Map<string, Exchange>();
    const copies: { copy: Exchange; mark: string; original: Exchange }[] = [];
    for (const exchange of answered)
      for (const mark of marksOf(exchange, answered)) {
        const original = originals.get(mark);
        if (!original) originals.set(mark, exchange);
        else if (callers.get(original) !== callers.get(exchange))
          copies.push({ copy: exchange, mark, original });
      }
    const [stray] = copies;
    if (!stray || new Set(copies.map(({ copy }) => copy)).size < SEVERAL) return [];
    const found = `${stray.copy.response.status}, the answer to ${howOther(stray.original, stray.copy)}`;
    return [{ where: 'status', expected: 'an answer to this caller', found, exchange: stray.copy }];
  },
} satisfies Rule;

/** Whom a request comes from: the token that it is sent with, and the users in headers that this answer depends on. */
function callerOf({ operation, probe, json }: Exchange): string {
  const items = [json?.value].flat().filter(isObject);
  const users = Object.entries(operation.headerEffects).map(([header, fields]) => {
    const depends = items.some((item) => fields.some((field) => typeof item[field] === 'string'));
    return depends && lastSegment(probe.headers[header] ?? '');
  });
  return JSON.stringify([operation.public || probe.credential, users]);
}

function howOther(original: Exchange, copy: Exchange): string {
  if (original.probe.credential !== copy.probe.credential)
    return original.probe.credential === 'token' ? 'a caller with a token' : 'a caller with another token';
  return `a caller with another ${either(Object.keys(copy.operation.headerEffects))}`;
}

/** The values that an answer shares only with its copies, not with all answers. */
function marksOf({ request, response }: Exchange, others: readonly Exchange[]): string[] {
  if (response.status !== 200) return [];
  const { limit, remaining } = rateLimit(response);
  const ids = [...response.headers].filter(([name]) => OF_ONE_ANSWER.test(name));
  // At the beginning of an hour all callers have the same number left.
  const isCounted = limit !== undefined && remaining !== undefined && remaining + 1 < limit;
  const counted: [string, string][] = isCounted ? [[REMAINING_HEADER, String(remaining)]] : [];
  return [...counted, ...ids]
    .filter(([name, value]) => others.some((other) => (other.response.headers.get(name) ?? value) !== value))
    .map((mark) => JSON.stringify([request.url, mark, limit, response.body]));
}
