import { rateLimit } from '../exchange/rate-limit.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';

/** This many callers without a valid token don't see the same number by chance. */
const SEVERAL = 2;

export default {
  id: 'callers-apart',
  on: 'sequence',
  group: 'agree',
  notOnMock: 'the mock answers with fixed examples',
  title: 'Nobody gets the answer that another caller got',
  explain:
    'A caller without a good token gets the very answer that was given to one with a token before, with what was left of ' +
    "that caller's hour in its headers: a cache in front does not look at the token. Other rules then name what follows.",
  source: 'RFC 9111, section 3.5',
  check(exchanges) {
    const [first] = exchanges;
    const others = exchanges.filter(
      ({ probe }) => probe.credential !== 'token' && probe.breaks === undefined,
    );
    if (!first || first.operation.public || others.length === 0) return undefined;
    const own = exchanges.filter(({ probe }) => probe.credential === 'token');
    const given = new Set(own.flatMap(copyOf));
    const copies = others.filter((exchange) => copyOf(exchange).some((copy) => given.has(copy)));
    const counts = new Set(copies.flatMap(copyOf));
    // One number may match by chance; if several callers all see it, they aren't counted at all.
    const [stray] = copies;
    if (!stray || copies.length < SEVERAL || counts.size > 1) return [];
    const found = `${stray.response.status}, the answer to a caller with a token`;
    return [{ where: 'status', expected: 'an answer to this caller', found, exchange: stray }];
  },
} satisfies Rule;

/** Values that only a copied answer shares; none if requests aren't counted, or this caller is the first. */
function copyOf({ request, response }: Exchange): string[] {
  const { limit, remaining } = rateLimit(response);
  if (response.status !== 200 || limit === undefined || remaining === undefined || remaining + 1 >= limit)
    return [];
  return [JSON.stringify([request.url, limit, remaining, response.body])];
}
