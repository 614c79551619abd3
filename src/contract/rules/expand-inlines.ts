import { isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { maySpread, valueAt, valuesAt } from '../operation/references.js';
import { shownSchema } from '../operation/success.js';
import { expand, expandedItem } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-inlines',
  group: 'queries',
  title: 'An expansion puts the object where its URL was',
  explain:
    'Checked at each step of a dotted path and in each item; in a list of URLs each one is replaced. Null stays ' +
    'null, and a URL stays one in a field whose schema allows no object.',
  source: 'the expand parameter in the document',
  check({ operation, contract, answers }) {
    const shown = shownSchema(contract, operation);
    const alone = new Map(answers.map((answer) => [answer.paths.join(), answer]));
    return answers.flatMap(({ paths, pairs, exchange }) =>
      paths.flatMap((path) => {
        const fields = path.split('.');
        if (!maySpread(contract, shown, fields)) return [];
        const before = alone.get(fields.slice(0, -1).join('.'));
        for (const { key, plain, expanded, path: at } of pairs) {
          const shorter = fields.length === 1 ? plain : expandedItem(before, key);
          for (const step of valuesAt(expanded, fields)) {
            const unexpanded = step.last ? valueAt(shorter, fields) : undefined;
            const vanished = step.value === null && typeof unexpanded === 'string';
            const appeared = step.value !== null && unexpanded === null;
            if ((isObject(step.value) || step.value === null) && !vanished && !appeared) continue;
            const expected = appeared ? 'null, as without the expansion' : 'an object';
            return [{ where: `body ${at}${step.path}`, expected, found: show(step.value), exchange }];
          }
        }
        return [];
      }),
    );
  },
});
