import { count } from '../../text/words.js';
import { itemsOfAnswer } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { parents } from '../scenarios/parents.js';

export default ruleOn(parents, {
  id: 'each-parent',
  group: 'agree',
  title: 'What is below one listed object can be read below the others too',
  explain:
    'The logs of a charger, for instance, are asked for below several chargers of the list, and all rules ' +
    'look at what comes: the data of one may be odd where that of the first is not. Where a query names the ' +
    'object, an id that nothing has must give no items.',
  source: 'the parameters in the document',
  // What is below the others is judged by the statuses that its probes expect, and by the rules on answers.
  check({ unknown }) {
    const items = unknown && itemsOfAnswer(unknown);
    if (!unknown || !items?.length) return [];
    const found = count(items.length, 'item');
    return [{ where: 'body', expected: 'nothing, as the id names nothing', found, exchange: unknown }];
  },
});
