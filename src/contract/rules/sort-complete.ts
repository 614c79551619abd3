import { isDeepStrictEqual } from 'node:util';
import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { type Sorted, sorting } from '../scenarios/lists/sorting.js';

export default ruleOn(sorting, {
  id: 'sort-complete',
  group: 'queries',
  title: 'Sorting shows the same items, in pages of any size',
  explain:
    'A sorted list has each item of the list once, and its first pages of three items show the same values as its longest ' +
    'pages do. Cursors that count in another order lose items, or show them twice. Items with the same value may take turns.',
  source: 'the values of the parameter in the document, such as ordering; its page parameters',
  check: (played) => played.flatMap((one) => [...notTheSame(one), ...notInPages(one)]),
});

/** Items that a sorted list lacks, has in addition to the whole list, or shows twice. */
function notTheSame({ pages, complete, whole, field }: Sorted): Finding[] {
  const keys = pages.flatMap((page) => page.keys);
  const exchange = pages.at(-1)?.exchange;
  const at = { where: 'body', field, ...(exchange ? { exchange } : {}) };
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return [{ ...at, expected: 'each item once', found: `${twice} twice` }];
  if (!complete || !whole) return [];
  const lost = whole.find((key) => !keys.includes(key));
  const more = keys.find((key) => !whole.includes(key));
  if (lost !== undefined) return [{ ...at, expected: `${lost}, as in the list itself`, found: 'nothing' }];
  return more === undefined ? [] : [{ ...at, expected: 'the items of the list itself', found: more }];
}

function notInPages({ pages, small, field }: Sorted): Finding[] {
  const valuesOf = (of: Sorted['pages']) => of.flatMap(({ items }) => items.map((item) => item[field]));
  const [expected, values] = [valuesOf(pages), valuesOf(small)];
  const index = values.findIndex(
    (value, at) => at < expected.length && !isDeepStrictEqual(value, expected[at]),
  );
  const exchange = small.find((_, at) => index < valuesOf(small.slice(0, at + 1)).length)?.exchange;
  if (index < 0 || !exchange) return [];
  const wanted = `${show(expected[index])} as item ${index + 1}, as in long pages`;
  return [{ where: 'body', expected: wanted, found: show(values[index]), field, exchange }];
}
