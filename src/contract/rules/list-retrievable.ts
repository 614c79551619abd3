import { ruleOn } from '../model/rule.js';
import { retrieve } from '../scenarios/retrieve.js';

export default ruleOn(retrieve, {
  id: 'list-retrievable',
  group: 'agree',
  title: 'What a list shows can be retrieved',
  explain: 'Retrieving an item by the id that the list shows gives an object, not a 404.',
  source: 'the operations of the collection in the document',
  // The answers were held against a success when they came; what is left is a success that is no object.
  check: (retrieved) =>
    retrieved
      .filter(({ shown, exchange }) => shown === undefined && exchange.response.status < 300)
      .map(({ exchange }) => ({
        where: 'body',
        expected: 'an object',
        found: exchange.json ? 'another kind of value' : 'no JSON',
        exchange,
      })),
});
