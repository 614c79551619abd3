import { CURSORS, comparisonOf, isObject, PAGE_SIZE } from '../../document/index.js';
import { count } from '../../text/words.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';

/** This many different queries don't have the same answer by chance. */
const MANY = 5;

export default {
  id: 'query-heeded',
  on: 'sequence',
  group: 'queries',
  notOnMock: 'the mock answers with fixed examples',
  title: 'The query makes a difference',
  explain:
    'Pages, ranges, expansions and fields of the items were asked for, and all answers are the same, byte by byte: the ' +
    'server, or a cache before it, does not look at the query at all. Other rules report what follows from it.',
  source: 'the query parameters in the document; RFC 9111, section 2',
  check(exchanges) {
    const lists = exchanges.filter(
      ({ response, json }) => response.status === 200 && Array.isArray(json?.value),
    );
    const full = lists.filter((exchange) => isFull(exchange.json?.value) && isTelling(exchange));
    const queries = new Set(full.map(({ request }) => new URL(request.url).search));
    if (queries.size < MANY) return undefined;
    // A short page, or an empty one, shows that its query was read.
    const bodies = new Set(lists.map(({ response }) => response.body));
    if (bodies.size > 1) return [];
    const exchange = full.at(-1) as Exchange;
    const found = `one answer to ${count(queries.size, 'query', 'queries')}`;
    return [{ where: 'body', expected: 'an answer to the query', found, exchange }];
  },
} satisfies Rule;

/** Whether the query asks for something that the answer shows. We can't tell what other parameters do. */
function isTelling({ operation, request, json }: Exchange): boolean {
  const known = new Set([...CURSORS, PAGE_SIZE, operation.expansion?.parameter]);
  const [item] = Array.isArray(json?.value) ? json.value : [];
  return [...new URL(request.url).searchParams.keys()].some(
    (name) =>
      known.has(name) ||
      operation.ranges.some(({ gte, lte }) => name === gte || name === lte) ||
      (isObject(item) && Object.hasOwn(item, comparisonOf(name).field)),
  );
}

/** A list of several items: an empty list, or one with few items, can be the answer to many queries. */
function isFull(value: unknown): boolean {
  return Array.isArray(value) && value.length > 2;
}
