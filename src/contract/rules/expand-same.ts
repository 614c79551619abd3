import { isObject } from '../../document/index.js';
import { lastSegment, referredId } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { valueAt } from '../operation/references.js';
import { expand, expandedItem } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-same',
  group: 'queries',
  title: 'The object that is put in is the one referred to',
  explain:
    'Its id is the one at the end of the URL that stood there. Deeper steps are compared with the answer that expands ' +
    'one step less.',
  source: 'the expand parameter in the document',
  check({ answers }) {
    const alone = new Map(
      answers.filter(({ paths }) => paths.length === 1).map((answer) => [answer.paths[0], answer]),
    );
    return [...alone].flatMap(([path = '', answer]) => {
      const fields = path.split('.');
      const shorter = alone.get(fields.slice(0, -1).join('.'));
      for (const { key, plain, expanded, path: at } of answer.pairs) {
        const before = fields.length === 1 ? plain : expandedItem(shorter, key);
        const url = valueAt(before, fields);
        const object = valueAt(expanded, fields);
        if (typeof url !== 'string' || !isObject(object)) continue;
        const id = referredId(object);
        if (id === undefined || id === lastSegment(url) || sameUrl(object.url, url)) continue;
        const where = `body ${at}/${fields.join('/')}/id`;
        return [{ where, expected: lastSegment(url), found: id, exchange: answer.exchange }];
      }
      return [];
    });
  },
});

// URLs are spelled in different ways, so only the last segment counts.
function sameUrl(a: unknown, b: string): boolean {
  return typeof a === 'string' && lastSegment(a) === lastSegment(b);
}
