import { DEEPEST_JSON, declaredResponse, essence, isJson, isTooDeep } from '../../document/index.js';
import { cut } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'body-json',
  on: 'answer',
  group: 'answers',
  title: 'Every body that is declared as JSON is JSON, in UTF-8',
  explain: 'A body that cannot be parsed (empty, cut off, HTML in its place) is worth nothing to a client.',
  source: 'RFC 8259, sections 2 and 8.1',
  check({ operation, response, json }) {
    const declared = declaredResponse(operation, response.status);
    const type = essence(response.headers.get('content-type'));
    // The rule problem-body checks errors.
    if (response.status >= 400) return undefined;
    if (!declared?.content.some((media) => isJson(media.mediaType))) return [];
    const pointer = declared.pointer;
    if (response.malformedText)
      return [{ where: 'body', expected: 'UTF-8', found: 'bytes that are not', pointer }];
    if (json !== undefined || !isJson(type)) return [];
    if (isTooDeep(response.body))
      return [{ where: 'body', expected: 'JSON', found: `more than ${DEEPEST_JSON} levels of it`, pointer }];
    return [{ where: 'body', expected: 'JSON', found: cut(response.body) || 'an empty body', pointer }];
  },
} satisfies Rule;
