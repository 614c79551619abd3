import { ruleOn } from '../model/rule.js';
import { acting } from '../scenarios/lists/acting.js';

export default ruleOn(acting, {
  id: 'acts-for-user',
  group: 'agree',
  title: 'Whoever acts for a user sees only the items of that user',
  explain:
    'A list that holds the items of several users is asked for with a header that names one of them. Items that ' +
    'refer to a user have to refer to that one; others have to be among those that a filter such as user_id ' +
    'shows. A server that overlooks the header shows the data of everybody. Two cases are notes: a server that ' +
    'is not our own, since no document promises this; and additional items that do not say whose they are, since ' +
    'they may be shared.',
  source: 'the request header in the document that names a user',
  check({ header, id, exchange, stray, certain }) {
    if (!stray) return [];
    const finding = { where: `body ${stray.at}`, expected: `${id}, as ${header} says`, found: stray.owner };
    return [{ ...finding, exchange, ...(certain ? {} : { note: true as const }) }];
  },
});
