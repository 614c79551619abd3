import type { Operation } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { jsonBody } from '../probe/request-body.js';

export default {
  id: 'body-type',
  on: 'probe',
  group: 'answers',
  priority: 3,
  title: 'The media type of a request body may carry a charset, in any case',
  explain:
    'Many tools send "application/json; charset=utf-8". The parameter means nothing, and types are the same in any case: ' +
    'neither is another media type. One operation of each method is asked.',
  source: 'RFC 9110, section 8.3.1; RFC 8259, section 11',
  kindOf: (operation) => (takesJson(operation) ? operation.method : undefined),
  async probes(operation, session) {
    const type = jsonBody(operation)?.mediaType;
    if (type === undefined || !takesJson(operation))
      throw new NotApplicable('the operation takes no JSON body');
    const all = [`${type}; charset=utf-8`, type.toUpperCase()];
    return Promise.all(
      all.map((sent) =>
        session.probe(operation, {
          name: `Content-Type: ${sent}`,
          headers: { 'content-type': sent },
          // The server may refuse the same thing twice, which says nothing about the type.
          expect: ['2XX', '3XX', '409'],
          rule: 'body-type',
        }),
      ),
    );
  },
} satisfies Rule;

/** Something deleted can't be deleted again with another type. */
function takesJson(operation: Operation): boolean {
  return operation.method !== 'DELETE' && jsonBody(operation) !== undefined;
}
