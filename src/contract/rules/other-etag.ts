import type { Rule } from '../model/rule.js';
import { kindOfReading } from '../operation/kinds.js';

export default {
  id: 'other-etag',
  on: 'probe',
  group: 'answers',
  priority: 3,
  title: 'Who knows another state gets the present one',
  explain:
    'A reading with an If-None-Match that names no state the server ever had is answered as one without. One operation of ' +
    'each kind is asked.',
  source: 'RFC 9110, section 13.1.2',
  kindOf: kindOfReading,
  async probes(operation, session) {
    const headers = { 'if-none-match': '"never-a-state"' };
    return [await session.probe(operation, { name: 'with an unknown ETag', headers, rule: 'other-etag' })];
  },
} satisfies Rule;
