import type { Rule } from '../model/rule.js';
import { kindOfReading } from '../operation/kinds.js';

export default {
  id: 'other-etag',
  on: 'probe',
  group: 'answers',
  priority: 3,
  title: 'An If-None-Match with an unknown ETag gets the whole answer',
  explain:
    'A GET with an If-None-Match that names no state the server ever had is answered like one without it. One ' +
    'operation of each kind is asked.',
  source: 'RFC 9110, section 13.1.2',
  kindOf: kindOfReading,
  async probes(operation, session) {
    const headers = { 'if-none-match': '"never-a-state"' };
    return [await session.probe(operation, { name: 'with an unknown ETag', headers, rule: 'other-etag' })];
  },
} satisfies Rule;
