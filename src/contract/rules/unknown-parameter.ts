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
    'It is ignored, or refused as a mistake of the request: never is it an error of the server. Nobody forbids a server to ' +
    'know no such URL, or a gateway not to let it pass: a 403 or 404 is a note. One operation of each kind is asked.',
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
