import { PAGE_AFTER, PAGE_BEFORE } from '../../document/index.js';
import { show } from '../../text/words.js';
import { pageLinks } from '../exchange/links.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'link-cursor',
  on: 'answer',
  group: 'pages',
  title: 'The cursors of links are what the document says cursors are',
  explain:
    'Next links carry page_after, previous ones page_before, each valid by its schema. Callers that store cursors rely ' +
    'on it.',
  source: 'the page parameters in the document',
  check(exchange, contract) {
    const { operation } = exchange;
    const links = operation.paging?.style === 'cursor' ? pageLinks(exchange) : [];
    if (links.length === 0) return undefined;
    return links.flatMap(({ relation, url }) => {
      const name = relation === 'next' ? PAGE_AFTER : PAGE_BEFORE;
      const parameter = operation.parameters.find((p) => p.in === 'query' && p.name === name);
      const cursor = url.searchParams.get(name);
      const where = `header Link, rel="${relation}"`;
      if (!parameter) return [];
      if (cursor === null) {
        return [
          {
            where,
            expected: `a cursor ${name}`,
            found: url.search || 'no query',
            pointer: parameter.pointer,
          },
        ];
      }
      return contract.errors(parameter.schemaPointer, cursor).map((error) => ({
        where: `${where}, ${name}`,
        expected: error.expected,
        found: show(cursor),
        pointer: error.pointer,
      }));
    });
  },
} satisfies Rule;
