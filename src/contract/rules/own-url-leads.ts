import { isObject } from '../../document/index.js';
import { textOf } from '../exchange/items.js';
import type { Rule } from '../model/rule.js';
import { readerBelow } from '../operation/around.js';
import { routeOf } from '../operation/route.js';

export default {
  id: 'own-url-leads',
  on: 'answer',
  group: 'agree',
  notOnMock: "the mock's URLs are those of the examples",
  title: 'The URL of an object is the address of its own kind',
  explain:
    'Where the document has an operation that retrieves what is shown, the URL leads to it and to no other ' +
    'operation. Whoever follows the URL of another kind of thing goes astray.',
  source: 'the paths in the document',
  check({ operation, response, json }, contract) {
    if (response.status !== 200 || operation.method !== 'GET' || json === undefined) return undefined;
    const isList = Array.isArray(json.value);
    const own = isList
      ? readerBelow(contract, operation.path)
      : operation.path.endsWith('}')
        ? operation
        : undefined;
    if (!own) return undefined;
    const objects = [json.value].flat().filter(isObject);
    for (const [index, { url }] of objects.entries()) {
      const route =
        typeof url === 'string' && URL.canParse(url) ? routeOf(contract, 'GET', new URL(url)) : undefined;
      if (!route || route.operation === own) continue;
      const where = `body ${isList ? `/${index}` : ''}/url`;
      return [{ where, expected: `a URL with the path ${own.path}`, found: textOf(url) }];
    }
    return [];
  },
} satisfies Rule;
