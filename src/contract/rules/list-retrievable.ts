import { ruleOn } from '../model/rule.js';
import { retrieve } from '../scenarios/retrieve.js';

export default ruleOn(retrieve, {
  id: 'list-retrievable',
  group: 'agree',
  title: 'What a list shows can be retrieved',
  explain: 'Retrieving an item by the id that the list shows gives an object, not a 404.',
  source: 'the operations of the collection in the document',
  // Answers other than a success were reported when they came; what remains is a success without an object.
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
