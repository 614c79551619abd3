import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { refusals } from '../probe/refusal.js';

/** More types than an operation is likely to offer. */
const STRANGE = ['text/csv', 'image/png', 'application/xml', 'font/woff2'];

export default {
  id: 'not-acceptable',
  on: 'probe',
  group: 'errors',
  priority: 3,
  notOnMock: 'the mock answers this with a problem of its own',
  title: 'An Accept header that excludes what there is gives a 406',
  explain: 'Asks for a media type that the server does not have: the server says so.',
  source: 'the 406 in the document; RFC 9110, section 15.5.7',
  async probes(operation, session) {
    const expect = refusals(operation, '406');
    const hasContent = operation.responses.some(
      ({ status, content }) => status.startsWith('2') && content.length > 0,
    );
    if (!hasContent) throw new NotApplicable('a success has no content that could be of another type');
    const offered = operation.responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
    const accept = STRANGE.find((type) => !offered.includes(type)) ?? '';
    const probe = {
      name: `Accept: ${accept}`,
      headers: { accept },
      breaks: 'accept',
      expect,
      rule: 'not-acceptable',
    };
    return [await session.probe(operation, probe)];
  },
} satisfies Rule;
