import { show } from '../../text/words.js';
import { keyOf } from '../exchange/items.js';
import { ruleOn } from '../model/rule.js';
import { retrieve } from '../scenarios/retrieve.js';

export default ruleOn(retrieve, {
  id: 'retrieve-id',
  group: 'agree',
  title: 'What is retrieved is what was asked for',
  explain: 'The object shows the id of the request; a moment may be spelled in another way.',
  source: 'the path parameters in the document',
  check: (retrieved) =>
    retrieved
      .filter(
        ({ shown, field, id }) =>
          shown !== undefined &&
          shown[field] !== undefined &&
          keyOf(shown, field) !== keyOf({ [field]: id }, field),
      )
      .map(({ shown, field, id, exchange }) => ({
        where: `body /${field}`,
        expected: id,
        found: show(shown?.[field]),
        exchange,
        alone: true as const,
      })),
});
