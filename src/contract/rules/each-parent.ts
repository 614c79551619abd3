import { itemsOfAnswer } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { parents } from '../scenarios/parents.js';
import { count } from '../text/words.js';

export default ruleOn(parents, {
  id: 'each-parent',
  group: 'agree',
  title: 'What is below one listed object can be read below the others too',
  explain:
    'The logs of a charger are asked for below several chargers that the list shows, and all rules look at what comes. ' +
    'Data of one record may be odd where that of the first one is not. Where a query has to name the object, nothing may ' +
    'come for one that is not there.',
  source: 'the parameters in the document',
  // Of the others the statuses of the answers decide, and what other rules say to them.
  check({ unknown }) {
    const items = unknown && itemsOfAnswer(unknown);
    if (!unknown || !items?.length) return [];
    const found = count(items.length, 'item');
    return [{ where: 'body', expected: 'nothing, as the id names nothing', found, exchange: unknown }];
  },
});
