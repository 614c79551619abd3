import { either } from '../../text/words.js';
import { pageLinks } from '../exchange/links.js';
import type { Rule } from '../model/rule.js';
import { basesOf, plainPath, servers } from '../operation/route.js';
import { fillPath } from '../probe/values.js';

export default {
  id: 'link-target',
  on: 'answer',
  group: 'pages',
  notOnMock: "the mock's Link headers are the document's examples",
  title: 'Links lead to the collection that was asked for',
  explain:
    'The target has the path of the request and stands on a server of the document or on the one that answered. A ' +
    'link to anywhere else shows another collection, or hands the token to a stranger.',
  source: 'RFC 8288; servers in the document',
  check(exchange, contract) {
    if (!exchange.response.headers.has('link')) return undefined;
    const own = new URL(exchange.request.url);
    const hosts = new Set([own.origin, ...servers(contract).map((url) => new URL(url).origin)]);
    const path = plainPath(fillPath(exchange.operation, exchange.probe.path));
    const bases = basesOf(contract, exchange, path);
    return pageLinks(exchange).flatMap(({ relation, url }) => {
      const where = `header Link, rel="${relation}"`;
      if (!hosts.has(url.origin)) {
        return [{ where, expected: `a URL on ${either([...hosts])}`, found: url.href }];
      }
      // Base paths differ between servers, and a final slash makes no difference.
      const shown = plainPath(url.pathname);
      const paths = bases?.map((base) => base + path);
      if (paths?.includes(shown) ?? shown.endsWith(path)) return [];
      const expected = `a URL with the path ${shown.endsWith(path) ? paths?.[0] : path}`;
      return [{ where, expected, found: url.pathname }];
    });
  },
} satisfies Rule;
