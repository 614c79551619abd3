import { ruleOn } from '../model/rule.js';
import { creation } from '../scenarios/writing/creation.js';

export default ruleOn(creation, {
  id: 'created-once',
  group: 'agree',
  title: 'A POST adds no more than one object to its collection',
  explain:
    'Where a collection can be read whole, it has at most one item more after a POST that answered 201. Two mean ' +
    'that the server handles a request twice. Whether it has one more at all is left open: a list may leave out ' +
    'what is new.',
  source: 'the POST operations in the document; RFC 9110, sections 9.3.3 and 15.3.2',
  check({ listed }) {
    if (!listed) return undefined;
    const { more, exchange } = listed;
    return more > 1 ? [{ where: 'body', expected: 'one item more', found: `${more} more`, exchange }] : [];
  },
});
