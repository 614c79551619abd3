import { declaredResponse } from '../../document/index.js';
import type { Rule } from '../model/rule.js';

/** Headers of the protocol and of infrastructure between server and caller, which no API document lists. */
const COMMON =
  /^(?:age|allow|alt-svc|cache-control|connection|content-.+|cross-origin-.+|date|etag|expires|keep-alive|last-modified|link|location|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|set-cookie|strict-transport-security|transfer-encoding|vary|via|www-authenticate|access-control-.+|cf-.+|x-(?:amz-.+|amzn-.+|cache|content-type-options|correlation-id|envoy-.+|frame-options|powered-by|request-id|served-by|xss-protection))$/;

export default {
  id: 'unknown-headers',
  on: 'answer',
  group: 'headers',
  notOnMock: 'the mock adds headers of its own',
  title: 'Headers that the document does not know are noted',
  explain:
    "A header of the API's own that the document does not declare. Those of the protocol and of proxies don't count. " +
    'With --strict it is a violation.',
  source: 'OpenAPI 3.1, response object',
  check({ operation, response }) {
    const declared = declaredResponse(operation, response.status);
    if (!declared) return undefined;
    const known = new Set(declared.headers.map((header) => header.name.toLowerCase()));
    return [...response.headers]
      .filter(([name]) => !known.has(name) && !COMMON.test(name))
      .map(([name, value]) => ({
        where: `header ${name}`,
        expected: 'a header that the document knows',
        found: value,
        pointer: declared.pointer,
        note: true as const,
      }));
  },
} satisfies Rule;
