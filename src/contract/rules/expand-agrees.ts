import { isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { ruleOn } from '../model/rule.js';
import { expand } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-agrees',
  group: 'agree',
  title: 'An expanded object shows what retrieving it shows',
  explain:
    'One object of each expansion is retrieved by its own URL, where the document has an operation for it: it ' +
    'shows the same values, and where the document describes both alike, no field is missing from the expanded ' +
    'one.',
  source: 'the expand parameter in the document',
  check({ retrieved }) {
    if (retrieved.length === 0) return undefined;
    return retrieved.flatMap(({ exchange, inlined, shown, path, alike }) => {
      for (const field of new Set([...Object.keys(inlined), ...Object.keys(shown)])) {
        const value = inlined[field];
        if (value === undefined && !alike) continue;
        // A reference on the path of the expansion is an object on one side only.
        if (isObject(value) !== isObject(shown[field]) && value !== undefined) continue;
        const other = difference(shown[field], value);
        if (!other) continue;
        const where = `body ${path}/${field}${other.path}`;
        return [{ where, expected: `${show(other.a)}, as retrieved`, found: show(other.b), exchange }];
      }
      return [];
    });
  },
});
