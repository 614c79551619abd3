import { ruleOn } from '../model/rule.js';
import { parents } from '../scenarios/parents.js';

export default ruleOn(parents, {
  id: 'each-parent',
  group: 'agree',
  title: 'What is below one listed object can be read below the others too',
  explain:
    'The logs of a charger are asked for below several chargers that the list shows, and all rules look at what comes. ' +
    'Data of one record may be odd where that of the first one is not.',
  source: 'the path parameters in the document',
  // Nothing to do here: the statuses of the answers decide.
  check: () => [],
});
