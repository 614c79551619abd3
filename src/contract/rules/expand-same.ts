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
    'The id of the object is the one at the end of the URL that stood there; in a list of URLs that holds for ' +
    'each, in their order. Deeper steps are compared with the answer that expands one step less.',
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
        const other = Array.isArray(url) && Array.isArray(object) ? otherId(url, object) : undefined;
        if (other) {
          const { index, ...differing } = other;
          return [
            { where: `body ${at}/${fields.join('/')}/${index}`, ...differing, exchange: answer.exchange },
          ];
        }
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

/** The first place where a list of expanded objects differs from the list of their URLs. */
function otherId(urls: readonly unknown[], objects: readonly unknown[]) {
  const expected = urls.map(referredId);
  const found = objects.map(referredId);
  const index = Array.from({ length: Math.max(urls.length, objects.length) }, (_, at) => at).find(
    (at) => (expected[at] === undefined) !== (found[at] === undefined) || expected[at] !== found[at],
  );
  if (index === undefined) return undefined;
  return { index, expected: expected[index] ?? 'no more', found: found[index] ?? 'no more' };
}

// URLs are spelled in different ways, so only the last segment counts.
function sameUrl(a: unknown, b: string): boolean {
  return typeof a === 'string' && lastSegment(a) === lastSegment(b);
}
