import { ruleOn } from '../model/rule.js';
import { removal } from '../scenarios/change.js';

export default ruleOn(removal, {
  id: 'deleted-gone',
  group: 'agree',
  title: 'What was deleted can no longer be retrieved',
  explain: 'After a DELETE that succeeded, retrieving the same object gives a 404 (or 410).',
  source: 'the DELETE operations in the document; RFC 9110, section 9.3.5',
  // Its statuses say it.
  check: () => [],
});
