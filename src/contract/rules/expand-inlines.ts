import { isObject } from '../../document/index.js';
import { valuesAt } from '../references.js';
import { ruleOn } from '../rule.js';
import { expand } from '../scenarios/expand.js';
import { show } from '../text.js';

export default ruleOn(expand, {
  id: 'expand-inlines',
  group: 'queries',
  title: 'An expansion puts the object where its URL was',
  explain: 'At each step of a dotted path, in each item. Null stays null.',
  source: 'the expand parameter in the document',
  check: ({ answers }) =>
    answers.flatMap(({ paths, pairs, exchange }) =>
      paths.flatMap((path) => {
        for (const { expanded, path: at } of pairs) {
          for (const step of valuesAt(expanded, path.split('.'))) {
            if (isObject(step.value) || step.value === null) continue;
            return [
              { where: `body ${at}${step.path}`, expected: 'an object', found: show(step.value), exchange },
            ];
          }
        }
        return [];
      }),
    ),
});
