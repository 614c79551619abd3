import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { refusals, requireValidation } from '../probe/refusal.js';

export default {
  id: 'malformed-body',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'A request body that is not what the document describes is refused',
  explain: 'Sends JSON of another type, and text that is not JSON at all.',
  source: 'the request body in the document',
  async probes(operation, session) {
    const { requestBody } = operation;
    const media = requestBody?.content.find(({ mediaType }) => mediaType === 'application/json');
    if (!media?.schemaPointer) throw new NotApplicable('the operation takes no JSON body');
    requireValidation(session);
    const expect = refusals(operation, '400', '415', '422');
    const wrong = ['"text"', '[]', '1'].find(
      (text) => !session.contract.accepts(media.schemaPointer ?? '#', JSON.parse(text)),
    );
    // A mock refuses unparsable JSON on its own, before it looks at the document.
    const cut = session.target.fixed(operation) === undefined ? ['{"cut off'] : [];
    const bodies = [...(wrong === undefined ? [] : [wrong]), ...cut];
    if (bodies.length === 0) throw new NotApplicable('the document allows any JSON');
    return Promise.all(
      bodies.map((body) =>
        session.probe(operation, {
          name: `with the body ${body}`,
          body,
          breaks: 'body',
          expect,
          rule: 'malformed-body',
        }),
      ),
    );
  },
} satisfies Rule;
