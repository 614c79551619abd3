import { declaredResponse, join } from '../../document/index.js';
import type { Rule } from '../model/rule.js';
import { declaredMedia } from '../operation/response.js';
import { either } from '../text/words.js';

export default {
  id: 'content-type',
  on: 'answer',
  group: 'answers',
  title: 'Every body has a media type that the answer declares',
  explain:
    'Compared without parameters, so that a charset makes no difference. An error must come as problem details where ' +
    'the document says so: clients choose by the media type how to read the body.',
  source: 'OpenAPI 3.1, media type object; RFC 9110, section 8.3',
  check({ operation, probe, response }) {
    // The answer to HEAD has no body, and may omit headers that describe one (RFC 9110, section 9.3.2).
    if (probe.method === 'HEAD' && !response.headers.has('content-type')) return undefined;
    const declared = declaredResponse(operation, response.status);
    if (!declared || declared.content.length === 0 || declaredMedia(declared, response)) return [];
    return [
      {
        where: 'header Content-Type',
        expected: either(declared.content.map((media) => media.mediaType)),
        found: response.headers.get('content-type') ?? 'no such header',
        pointer: join(declared.pointer, 'content'),
      },
    ];
  },
} satisfies Rule;
