import { isObject, resolve, type Schema } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';

export default {
  id: 'bad-date-time',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'A text that is not a date-time is refused',
  explain:
    'Sends for each bound of a range a word, a time without a zone, and a day that no month has. A server that ' +
    'reads them in some other way selects what nobody asked for.',
  source: 'format date-time in the document; RFC 3339, section 5.6',
  async probes(operation, session) {
    const bounds = new Set(operation.ranges.flatMap(({ gte, lte }) => [gte, lte]));
    const parameters = parametersOf(operation, ({ name, in: place, schema }) => {
      const { value } = resolve<Schema>(session.contract.document, schema, '#');
      return place === 'query' && bounds.has(name) && isObject(value) && value.format === 'date-time';
    });
    if (parameters.length === 0) throw new NotApplicable('the operation has no range of date-times');
    const texts = ['yesterday', '2024-04-18T09:00:00', '2024-02-30T09:00:00Z'];
    const values = parameters.map((parameter) => [parameter, texts] as const);
    return wrongValues(session, operation, 'bad-date-time', ['400', '422'], values);
  },
} satisfies Rule;
