import { ruleOn } from '../model/rule.js';
import { acting } from '../scenarios/lists/acting.js';

export default ruleOn(acting, {
  id: 'acts-for-user',
  group: 'agree',
  title: 'Who acts for a user sees the items of that user alone',
  explain:
    'A list that holds the items of several users is asked for with a header that names one of them. Items that refer to ' +
    'a user refer to that one; others are among those that a filter such as user_id shows. A server that overlooks the ' +
    'header shows the data of everybody; on one that is not our own that is a note, as nobody promises it, and so are some ' +
    'items more that do not say whose they are: they may be shared.',
  source: 'the request header in the document that names a user',
  check({ header, id, exchange, stray, certain }) {
    if (!stray) return [];
    const finding = { where: `body ${stray.at}`, expected: `${id}, as ${header} says`, found: stray.owner };
    return [{ ...finding, exchange, ...(certain ? {} : { note: true as const }) }];
  },
});
