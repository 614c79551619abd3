import { declaredResponse } from '../../document/index.js';
import type { Rule } from '../model/rule.js';
import { headerValue } from '../schema/header-value.js';

export default {
  id: 'header-valid',
  on: 'answer',
  group: 'headers',
  title: 'Every declared header matches its schema',
  explain:
    'The text of the header is read as the type that its schema asks for (`1000` as an integer) and validated.',
  source: 'OpenAPI 3.1, header object',
  check({ operation, response }, contract) {
    const declared = declaredResponse(operation, response.status);
    return (declared?.headers ?? []).flatMap((header) => {
      const text = response.headers.get(header.name);
      if (text === null || header.schemaPointer === undefined) return [];
      const value = headerValue(contract.document, header, text);
      return contract.errors(header.schemaPointer, value).map((error) => ({
        where: `header ${header.name}`,
        expected: error.expected,
        found: error.found,
        pointer: error.pointer,
      }));
    });
  },
} satisfies Rule;
