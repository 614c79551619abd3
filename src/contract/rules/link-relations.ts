import { linksOf } from '../exchange/links.js';
import type { Rule } from '../model/rule.js';

/** Relations for paging, and others that an API may reasonably use (the registry of RFC 8288). */
const KNOWN: ReadonlySet<string> = new Set(
  'alternate author canonical collection describedby first help item last latest-version license next prev previous related search self service-desc service-doc status up'.split(
    ' ',
  ),
);

export default {
  id: 'link-relations',
  on: 'answer',
  group: 'pages',
  title: 'Links have relations that are known',
  explain:
    'A relation of a Link header is one of the registry, or a URL. Any other means nothing to clients; it is ' +
    'usually a typing mistake, and so a note.',
  source: 'RFC 8288, section 2.1',
  check(exchange) {
    const links = linksOf(exchange);
    if (!links) return undefined;
    return [...links.keys()]
      .filter((relation) => !KNOWN.has(relation) && !URL.canParse(relation))
      .map((relation) => ({
        where: 'header Link',
        expected: 'a registered relation',
        found: `rel="${relation}"`,
        note: true as const,
      }));
  },
} satisfies Rule;
