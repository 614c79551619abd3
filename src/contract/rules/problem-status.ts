import { declaredResponse, declaresProblem, isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'problem-status',
  on: 'answer',
  group: 'errors',
  title: "The status in problem details is the answer's",
  explain: 'Problem details are stored and passed on without the HTTP status: the member must say the same.',
  source: 'RFC 9457, section 3.1.2',
  check({ operation, response, json }) {
    if (response.status < 400 || !isObject(json?.value) || json.value.status === undefined) return undefined;
    // In another kind of error, a member of that name may mean something else.
    const declared = declaredResponse(operation, response.status);
    if (declared && !declaresProblem(declared.content)) return undefined;
    if (json.value.status === response.status) return [];
    return [{ where: 'body /status', expected: String(response.status), found: show(json.value.status) }];
  },
} satisfies Rule;
