import { target } from '../exchange/links.js';
import { ruleOn } from '../model/rule.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-follows',
  group: 'pages',
  title: 'Every page that a Link header names can be fetched',
  explain:
    'A link to the next page that is refused, or an answer without any link, ends a walk too early: callers lose the ' +
    'rest of the collection.',
  source: 'RFC 8288; the Link header in the document',
  check({ operation, whole, forward, plain, ones }) {
    if (operation.paging?.style !== 'cursor') return undefined;
    const cut = [plain, ...whole, ...forward, ...ones].find(
      (page) => page && target(page.exchange, 'next') === undefined,
    );
    if (!cut) return [];
    return [
      {
        where: 'header Link',
        expected: 'a link to the next page, or about:blank for none',
        found: cut.exchange.response.headers.get('link') ?? 'no such header',
        exchange: cut.exchange,
      },
    ];
  },
});
