import { isEnd, neighbour, target } from '../exchange/links.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import type { Page } from '../scenarios/lists/pages.js';
import { leadsBack, walk } from '../scenarios/lists/walk.js';

const END = 'about:blank';

export default ruleOn(walk, {
  id: 'walk-ends',
  group: 'pages',
  title: 'The first and the last page say that they are',
  explain:
    'The first page has about:blank as its previous one, the last as its next, even if it is full, and no link ' +
    'leads to an empty page. All others name both neighbours. Without an end callers walk forever.',
  source: 'the Link header in the document',
  check({ operation, whole, forward, backward, complete, exact, size = 0 }) {
    const [first] = forward;
    const findings = exact && whole[0] ? afterAll(exact, whole[0]) : [];
    if (operation.paging?.style !== 'cursor' || !first) return exact ? findings : undefined;
    const want = (page: Page | undefined, relation: 'next' | 'previous', end: boolean) => {
      if (!page || target(page.exchange, relation) === undefined) return;
      if (isEnd(page.exchange, relation) === end) return;
      findings.push({
        where: `header Link, rel="${relation}"`,
        expected: end ? END : 'the address of a page',
        found: target(page.exchange, relation) ?? 'no such link',
        exchange: page.exchange,
      });
    };
    want(first, 'previous', true);
    want(whole[0], 'previous', true);
    // An empty page may lie behind the end, if the oldest items have expired since the link to it was made.
    const later = forward.slice(1).filter(({ items }) => items.length > 0);
    if (leadsBack(operation)) for (const page of later) want(page, 'previous', false);
    for (const pages of [whole, forward]) {
      const empty = pages.findIndex((page, index) => index > 0 && page.items.length === 0);
      if (empty > 0) want(pages[empty - 1], 'next', true);
    }
    const total = whole.flatMap((page) => page.keys).length;
    const read = forward.flatMap((page) => page.keys).length;
    if (complete && read >= total) want(forward.at(-1), 'next', true);
    // Fewer missing items than a page were lost at a boundary, not at the end.
    if (complete && read + size <= total) want(forward.at(-1), 'next', false);
    const back = backward.at(-1);
    if (back && backward.length === forward.length - 1) want(back, 'previous', true);
    return findings;
  },
});

/** A page that shows everything that the longest page does must not lead to another. */
function afterAll({ keys, exchange }: Page, longest: Page): Finding[] {
  if (keys.join() !== longest.keys.join() || neighbour(exchange, 'next') === undefined) return [];
  const found = target(exchange, 'next') ?? 'a link';
  return [{ where: 'header Link, rel="next"', expected: END, found, exchange }];
}
