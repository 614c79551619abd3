import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { wrongValues } from '../probe/refusal.js';
import { accepts } from '../probe/values.js';

const TEXTS = ['not-an-id', '!'];

export default {
  id: 'malformed-id',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'A text that cannot be an id gives a 400 or a 404',
  explain:
    'Sends a text of another form than the id in place of each path parameter whose form the document describes.',
  source: 'the path parameters in the document',
  async probes(operation, session) {
    const values = operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => {
        const wrong = TEXTS.find((text) => !accepts(session.contract, parameter, text));
        return [parameter, wrong === undefined ? [] : [wrong]] as const;
      })
      .filter(([, texts]) => texts.length > 0);
    if (values.length === 0) throw new NotApplicable('the document describes the form of no id in the path');
    return wrongValues(session, operation, 'malformed-id', ['400', '404', '422'], values);
  },
} satisfies Rule;
