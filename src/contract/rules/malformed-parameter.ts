import { EXPAND, PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';
import { acceptsText } from '../probe/values.js';

/** Other rules look at these. */
const OTHERS: readonly string[] = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE, EXPAND];
const TEXTS = ['not-a-value', '!'];

export default {
  id: 'malformed-parameter',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'Parameters of another form than described are refused',
  explain:
    'A text that the schema of a query or header parameter does not accept. Ignored quietly, a filter with a typing ' +
    'mistake shows everything.',
  source: 'the parameters in the document',
  async probes(operation, session) {
    const bounds = new Set(operation.ranges.flatMap(({ gte, lte }) => [gte, lte]));
    const values = parametersOf(
      operation,
      ({ name, in: place }) =>
        (place === 'query' || (place === 'header' && !/version$/i.test(name))) &&
        !OTHERS.includes(name) &&
        !bounds.has(name),
    ).map((parameter) => {
      const wrong = TEXTS.find((text) => !acceptsText(session.contract, parameter, text));
      return [parameter, wrong === undefined ? [] : [wrong]] as const;
    });
    if (values.every(([, texts]) => texts.length === 0)) {
      throw new NotApplicable('no other parameter has a described form');
    }
    return wrongValues(session, operation, 'malformed-parameter', ['400', '422'], values);
  },
} satisfies Rule;
