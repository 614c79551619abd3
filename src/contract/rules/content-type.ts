import { declaredMedia, declaredResponse, isJson, join } from '../../document/index.js';
import { either } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'content-type',
  on: 'answer',
  group: 'answers',
  title: 'Every body has a media type that the answer declares',
  explain:
    'Compared without parameters; JSON has no charset other than UTF-8. An error must come as problem details where ' +
    'the document says so: clients choose by the media type how to read the body.',
  source: 'OpenAPI 3.1, media type object; RFC 9110, section 8.3; RFC 8259, section 8.1',
  check({ operation, probe, response }) {
    // These have no body, whatever the document says, and may omit headers that describe one (RFC 9110, sections 9.3.2,
    // 15.3.5 and 15.4.5).
    const isEmpty = probe.method === 'HEAD' || [204, 205, 304].includes(response.status);
    if (isEmpty && !response.headers.has('content-type')) return undefined;
    const declared = declaredResponse(operation, response.status);
    const type = response.headers.get('content-type') ?? '';
    const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1];
    if (charset !== undefined && isJson(type) && !/^(?:utf-?8|us-ascii)$/i.test(charset))
      return [{ where: 'header Content-Type', expected: 'JSON in UTF-8', found: type }];
    if (!declared || declared.content.length === 0 || declaredMedia(declared.content, type)) return [];
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
