import type { Rule } from '../model/rule.js';
import { kindOfReading } from '../operation/kinds.js';

export default {
  id: 'scheme-case',
  on: 'probe',
  group: 'answers',
  priority: 2,
  notOnMock: 'the mock knows the scheme in one case only',
  title: 'The authentication scheme is read in any case',
  explain: 'A token after "bearer" is as good as one after "Bearer". One operation of each kind is asked.',
  source: 'RFC 9110, section 11.1; RFC 6750, section 2.1',
  kindOf: (operation) => (operation.public ? undefined : kindOfReading(operation)),
  async probes(operation, session) {
    const ask = { name: 'with the scheme in small letters', scheme: 'bearer', rule: 'scheme-case' };
    return [await session.probe(operation, ask)];
  },
} satisfies Rule;
