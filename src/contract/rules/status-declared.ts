import { declaredResponse, join } from '../../document/index.js';
import { either } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'status-declared',
  on: 'answer',
  group: 'answers',
  title: 'Every answer has a status that the operation declares',
  explain:
    'A status that the document does not list for the operation is one that no caller is prepared for. Declare it, ' +
    'or let the server answer with one that is declared.',
  source: 'OpenAPI 3.1, responses object',
  check({ operation, probe, response }) {
    // If the path lacks the method, no operation declares the status; another rule checks the answer.
    if (probe.method !== operation.method || declaredResponse(operation, response.status)) return [];
    return [
      {
        where: 'status',
        expected: either(operation.responses.map((declared) => declared.status)),
        found: String(response.status),
        pointer: join(operation.pointer, 'responses'),
      },
    ];
  },
} satisfies Rule;
