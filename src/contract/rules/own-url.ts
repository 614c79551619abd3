import { isObject } from '../../document/index.js';
import { compare, lastSegment, textOf } from '../exchange/items.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'own-url',
  on: 'answer',
  group: 'agree',
  notOnMock: "the mock's URLs are those of the examples",
  title: 'The URL of an object ends in its own id',
  explain:
    'Objects refer to one another by URL. One that names another object, or none, leads everybody who follows it astray.',
  source: 'x-collection in the document; the convention of the API',
  check({ operation, response, json }) {
    if (response.status !== 200 || json === undefined) return undefined;
    const key = operation.collection?.key ?? 'id';
    const objects = [json.value].flat().filter(isObject);
    const named = objects.filter((object) => typeof object.url === 'string' && object[key] !== undefined);
    if (named.length === 0) return undefined;
    const wrong = named.find((object) => compare(lastSegment(textOf(object.url)), object[key]) !== 0);
    if (!wrong) return [];
    const index = Array.isArray(json.value) ? `/${json.value.indexOf(wrong)}` : '';
    return [
      { where: `body ${index}/url`, expected: `a URL that ends in ${wrong[key]}`, found: textOf(wrong.url) },
    ];
  },
} satisfies Rule;
