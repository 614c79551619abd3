import { ruleOn } from '../model/rule.js';
import { newest } from '../scenarios/newest.js';

export default ruleOn(newest, {
  id: 'names-newest',
  group: 'agree',
  title: 'A field that names the newest item of a list names its first',
  explain:
    'A field such as latest_status_log leads to the first item of the list of status_logs below the same object. ' +
    'A field that lags behind shows callers a state that is over.',
  source: 'the reference fields and the collections in the document',
  check: (all) =>
    all.flatMap(({ exchange, field, named, first }) =>
      named === first
        ? []
        : [
            {
              where: `body /${field}`,
              expected: `${first}, the first of the list`,
              found: named,
              field,
              exchange,
            },
          ],
    ),
});
