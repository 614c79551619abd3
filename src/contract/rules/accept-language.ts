import type { Rule } from '../model/rule.js';
import { kindOfReading } from '../operation/kinds.js';

export default {
  id: 'accept-language',
  on: 'probe',
  group: 'answers',
  priority: 3,
  title: 'A language that the server lacks is no error, if any other will do',
  explain:
    'Accept-Language is a wish: browsers and phones send it with each request. Here it names a language that hardly any ' +
    'server has, and allows any other. One public operation is asked, and one with a token.',
  source: 'RFC 9110, section 12.5.4; RFC 4647, section 2.1',
  kindOf: (operation) => kindOfReading(operation) && (operation.public ? 'public' : 'with a token'),
  async probes(operation, session) {
    const headers = { 'accept-language': 'tlh, *;q=0.5' };
    const name = 'Accept-Language: tlh, *;q=0.5';
    return [await session.probe(operation, { name, headers, rule: 'accept-language' })];
  },
} satisfies Rule;
