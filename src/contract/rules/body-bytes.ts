import { isJson } from '../../document/index.js';
import type { Rule } from '../model/rule.js';
import { jsonOddities } from '../schema/json-text.js';

export default {
  id: 'body-bytes',
  on: 'answer',
  group: 'answers',
  title: 'JSON is written so that every parser reads the same',
  explain:
    'No byte order mark, no member twice in an object, no integer that a double cannot hold, and no text that was encoded ' +
    'as UTF-8 twice: parsers read each of these in ways of their own, or not at all.',
  source: 'RFC 8259, sections 4, 6 and 8.1',
  check({ response, json }) {
    if (json === undefined || !isJson(response.headers.get('content-type'))) return undefined;
    const mark = response.byteOrderMark
      ? [{ where: 'body', expected: 'no byte order mark', found: 'one at the beginning' }]
      : [];
    return [...mark, ...jsonOddities(response.body, json.value).slice(0, 1)];
  },
} satisfies Rule;
