import { CURSORS } from '../../document/index.js';
import { compare } from '../exchange/items.js';
import { pageLinks } from '../exchange/links.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'link-keeps-query',
  on: 'answer',
  group: 'pages',
  notOnMock: "the mock's Link headers are the document's examples",
  title: 'Links keep the filters, expansions and size of the request',
  explain:
    'The next page must show what the first one showed. A link that drops a parameter continues with another selection.',
  source: 'the Link header in the document',
  check(exchange) {
    const { operation, probe } = exchange;
    const declared = new Set(operation.parameters.filter((p) => p.in === 'query').map((p) => p.name));
    const asked = probe.query.filter(([name]) => declared.has(name) && !CURSORS.includes(name));
    const links = pageLinks(exchange);
    if (links.length === 0) return undefined;
    return links.flatMap(({ relation, url }) =>
      asked
        .filter(([name, value]) => !keeps(url.searchParams.getAll(name), value))
        .slice(0, 1)
        .map(([name, value]) => ({
          where: `header Link, rel="${relation}"`,
          expected: `${name}=${value}, as in the request`,
          found: url.searchParams.has(name) ? `${name}=${url.searchParams.get(name)}` : `no ${name}`,
        })),
    );
  },
} satisfies Rule;

/** A value can be written in several ways: a list with commas or repeated, a time in another zone. */
function keeps(kept: readonly string[], value: string): boolean {
  return [...kept, ...kept.flatMap((text) => text.split(','))].some((text) => compare(text, value) === 0);
}
