import type { Rule } from '../model/rule.js';
import { kindOfReading, typesOfSuccess } from '../operation/kinds.js';

export default {
  id: 'accept-ranges',
  on: 'probe',
  group: 'answers',
  priority: 2,
  title: 'An Accept header that allows the type of an answer gets it',
  explain:
    'Asks for any type (*/*), as most tools do, and with a list with weights, as browsers do. One operation of ' +
    'each kind is asked.',
  source: 'RFC 9110, section 12.5.1',
  kindOf: kindOfReading,
  probes(operation, session) {
    const [type = 'application/json'] = typesOfSuccess(operation);
    const all = ['*/*', `text/x-none, ${type};q=0.9, */*;q=0.1`];
    return Promise.all(
      all.map((accept) =>
        session.probe(operation, { name: `Accept: ${accept}`, headers: { accept }, rule: 'accept-ranges' }),
      ),
    );
  },
} satisfies Rule;
