import { declaredResponse, declaresProblem, essence, isObject, PROBLEM } from '../../document/index.js';
import { cut } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'problem-body',
  on: 'answer',
  group: 'errors',
  title: 'Every error carries problem details',
  explain:
    'An error answer has a JSON object with a title for a body, also where its status is not declared, as for a method ' +
    'that the path does not have. Clients show its detail to people and choose by its type.',
  source: 'RFC 9457, section 3',
  check({ operation, probe, response, json }) {
    const declared = declaredResponse(operation, response.status);
    // If the document declares something other than problem details for an error, that applies.
    if (
      response.status < 400 ||
      probe.method === 'HEAD' ||
      (declared && !declaresProblem(declared.content))
    ) {
      return undefined;
    }
    const pointer = declared?.pointer;
    const type = essence(response.headers.get('content-type'));
    if (isObject(json?.value)) {
      if (declared || (type === PROBLEM && typeof json.value.title === 'string')) return [];
      if (type === PROBLEM)
        return [{ where: 'body', expected: "a member 'title'", found: cut(response.body), pointer }];
      return [{ where: 'header Content-Type', expected: PROBLEM, found: type ?? 'no such header', pointer }];
    }
    const found = cut(response.body.trim()) || 'an empty body';
    return [{ where: 'body', expected: 'a JSON object with problem details', found, pointer }];
  },
} satisfies Rule;
