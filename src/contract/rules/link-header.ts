import { parseLinks } from '../../client/pages/link.js';
import { declaredResponse } from '../../document/index.js';
import { type Relation, relationsIn, target } from '../exchange/links.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'link-header',
  on: 'answer',
  group: 'headers',
  title: 'Link headers can be read and name the neighbours',
  explain:
    'The header is a list of links (RFC 8288), each with a URL. Where the document shows a header with a ' +
    'previous and a next link, both come; at the ends of a collection their target is about:blank. A relative ' +
    'URL is allowed, but a note: the document shows absolute ones.',
  source: 'RFC 8288; the Link header in the document',
  check(exchange) {
    const header = exchange.response.headers.get('link');
    if (header === null || !exchange.operation.paging) return undefined;
    const where = 'header Link';
    try {
      parseLinks(header);
    } catch {
      return [{ where, expected: 'a list of links', found: header }];
    }
    return (['previous', 'next'] as const).flatMap((relation) => {
      const link = target(exchange, relation);
      if (link === undefined) {
        if (!showsBoth(exchange)) return [];
        return [{ where, expected: `a link with rel="${relation}"`, found: header }];
      }
      if (URL.canParse(link)) return [];
      if (link !== '' && URL.canParse(link, exchange.request.url))
        return [{ where, expected: 'an absolute URL', found: `<${link}>`, note: true as const }];
      return [{ where, expected: `a URL for rel="${relation}"`, found: `<${link}>` }];
    });
  },
} satisfies Rule;

/** Other APIs leave out a neighbour that isn't there, as RFC 8288 allows. */
function showsBoth({ operation, response }: Exchange): boolean {
  const headers = declaredResponse(operation, response.status)?.headers ?? [];
  const examples = headers.filter(({ name }) => name.toLowerCase() === 'link').flatMap((one) => one.examples);
  const both: Relation[] = ['previous', 'next'];
  return examples.some(({ value }) => both.every((relation) => relationsIn(String(value)).has(relation)));
}
