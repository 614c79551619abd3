import { target } from '../exchange/links.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { following, type Page } from '../scenarios/lists/pages.js';
import { ONES, type Walk, walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-ones',
  group: 'pages',
  title: 'Pages of one item show the items one after the other',
  explain:
    'The first pages of one item, and one step back: the same items as in long pages, none left out and none twice. With ' +
    'nothing else on a page, a cursor that is one off shows at once.',
  source: 'the page parameters in the document',
  check(facts) {
    const { whole, ones, oneBack } = facts;
    // Another rule reports a page that is too long.
    if (ones.length === 0 || ones.some(({ keys }) => keys.length > 1)) return undefined;
    const expected = whole.flatMap((page) => page.keys).slice(0, ONES);
    const [first] = ones.flatMap((page, index) => differing(page, expected[index], index + 1));
    if (first) return [first];
    const missing = expected[ones.length];
    if (missing !== undefined)
      return saysItIsTheEnd(facts) ? differing(ones.at(-1), missing, ones.length + 1) : [];
    return oneBack ? differing(oneBack, expected[ones.length - 2], ones.length - 1) : [];
  },
});

function differing(page: Page | undefined, key: string | undefined, number: number): Finding[] {
  const [shown = 'no item'] = page?.keys ?? [];
  if (shown === key) return [];
  return [
    {
      where: 'body',
      expected: `${key ?? 'no item'}, as page ${number}`,
      found: shown,
      exchange: page?.exchange,
    },
  ];
}

/** Whether the last page leads no further. Another rule reports a link that is missing or refused. */
function saysItIsTheEnd({ ones, operation }: Walk): boolean {
  const last = ones.at(-1);
  if (!last || following(last, 'next', operation) !== undefined) return false;
  return operation.paging?.style !== 'cursor' || target(last.exchange, 'next') !== undefined;
}
