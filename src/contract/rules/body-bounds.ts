import { isObject } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { brokenBodies } from '../probe/broken-bodies.js';
import { refusals, requireValidation } from '../probe/refusal.js';
import { bodyValues, jsonBody } from '../probe/request-body.js';

export default {
  id: 'body-bounds',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'A request body is refused at each bound of its schema',
  explain:
    'Sends bodies that are right but for one place: a required field left out, a number beyond its minimum or ' +
    'maximum, a text that is too short, too long or of another form, a value that is not in the enum, a field ' +
    'that is not described where none may be.',
  source: 'the request body in the document',
  async probes(operation, session) {
    const { contract } = session;
    const media = jsonBody(operation);
    const right = media && bodyValues(contract, media).find(isObject);
    if (!media?.schemaPointer || media.schema === undefined || !right)
      throw new NotApplicable('the operation takes no JSON object');
    requireValidation(session);
    const expect = refusals(operation, '400', '422');
    const broken = brokenBodies(contract, right, media.schema, media.schemaPointer);
    if (broken.length === 0) throw new NotApplicable('its body has no bounds');
    return Promise.all(
      broken.map(({ name, value }) =>
        session.probe(operation, {
          name: `with a body: ${name}`,
          body: JSON.stringify(value),
          breaks: 'body',
          expect,
          rule: 'body-bounds',
        }),
      ),
    );
  },
} satisfies Rule;
