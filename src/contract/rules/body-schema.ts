import { bodySchema, declaredResponse } from '../../document/index.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'body-schema',
  on: 'answer',
  group: 'answers',
  title: 'Every JSON body matches its schema, formats included',
  explain:
    'Validated as JSON Schema 2020-12 with formats, on every answer: also each item of each page that is read, and ' +
    'each problem. Of several alternatives the one that the value comes closest to is reported.',
  source: 'OpenAPI 3.1, schema object',
  check({ operation, response, json }, contract) {
    const declared = declaredResponse(operation, response.status);
    const pointer = declared && bodySchema(declared, response.headers.get('content-type'));
    if (pointer === undefined || json === undefined) return [];
    return contract.errors(pointer, json.value).map((error) => ({
      where: `body ${error.path}`.trimEnd(),
      expected: error.expected,
      found: error.found,
      pointer: error.pointer,
    }));
  },
} satisfies Rule;
