import { count } from '../../text/words.js';
import { itemsOfAnswer } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { misplaced } from '../scenarios/lists/misplaced.js';
import { parents } from '../scenarios/parents.js';

export default ruleOn(parents, {
  id: 'each-parent',
  group: 'agree',
  title: 'What is below one listed object can be read below the others too',
  explain:
    'The logs of a charger, for instance, are asked for below several chargers of the list, and all rules ' +
    'look at what comes: the data of one may be odd where that of the first is not. Its items have the order that ' +
    'the document names. Where a query names the object, an id that nothing has must give no items.',
  source: 'the parameters and x-collection in the document',
  // What is below the others is judged by the statuses that its probes expect, and by the rules on answers.
  check({ operation, lists, unknown }) {
    const { key, order } = operation.collection ?? {};
    const disorder =
      key === undefined || order === undefined ? [] : lists.flatMap((list) => misplaced([list], key, order));
    const items = unknown && itemsOfAnswer(unknown);
    if (!unknown || !items?.length) return disorder;
    const found = count(items.length, 'item');
    return [
      ...disorder,
      { where: 'body', expected: 'nothing, as the id names nothing', found, exchange: unknown },
    ];
  },
});
