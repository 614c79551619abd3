import type { Rule } from '../model/rule.js';
import { kindOfReading } from '../operation/kinds.js';
import { refusals } from '../probe/refusal.js';

export default {
  id: 'unknown-parameter',
  on: 'probe',
  group: 'answers',
  priority: 2,
  title: 'A query parameter that nobody knows does no harm',
  explain:
    'The parameter is ignored, or refused as a mistake of the request; it is never an error of the server. A 403 ' +
    'or 404 is a note: a server may know no such URL, and a gateway may not let it pass. One operation of each ' +
    'kind is asked.',
  source: 'the parameters and the 400 in the document; RFC 9110, section 15.6',
  kindOf: kindOfReading,
  async probes(operation, session) {
    const query: [string, string][] = [['not_a_parameter', '1']];
    const expect = ['2XX', '3XX', ...refusals(operation, '400', '422')];
    const ask = {
      name: 'not_a_parameter=1',
      query,
      expect,
      noted: ['403', '404'],
      breaks: 'not_a_parameter',
      rule: 'unknown-parameter',
    };
    return [await session.probe(operation, ask)];
  },
} satisfies Rule;
