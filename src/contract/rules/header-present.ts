import { declaredResponse } from '../../document/index.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'header-present',
  on: 'answer',
  group: 'headers',
  title: 'Every declared header is there',
  explain:
    'A header that the document requires must be in each answer with that status. One that it only declares may be ' +
    'absent: that is reported as a note.',
  source: 'OpenAPI 3.1, header object',
  check({ operation, response }) {
    const declared = declaredResponse(operation, response.status);
    if (!declared) return [];
    return declared.headers
      .filter((header) => !response.headers.has(header.name))
      .map((header) => ({
        where: `header ${header.name}`,
        expected: header.required ? 'this header, which is required' : 'this header, which is declared',
        found: 'no such header',
        pointer: header.pointer,
        ...(header.required ? {} : { note: true as const }),
      }));
  },
} satisfies Rule;
