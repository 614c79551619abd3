import { declaredResponse } from '../../document/index.js';
import type { Rule } from '../model/rule.js';

const HOUR = 3600;

export default {
  id: 'retry-after',
  on: 'answer',
  group: 'errors',
  title: 'A 429 says in seconds how long to wait',
  explain:
    'From 1 second to an hour, the length of the window. Without it callers guess, too early or too late. On the wire ' +
    'this is the Retry-After header of the 429.',
  source: 'RFC 9110, section 10.2.3; RFC 6585, section 4',
  check({ response, operation }) {
    if (response.status !== 429) return undefined;
    const text = response.headers.get('retry-after');
    const declared = declaredResponse(operation, 429);
    // A server may leave it out (RFC 6585, section 4), unless the document says that it comes.
    if (text === null && declared && !declared.headers.some(({ name }) => /^retry-after$/i.test(name)))
      return undefined;
    const seconds = text !== null && /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (seconds >= 1 && seconds <= HOUR) return [];
    return [
      { where: 'header Retry-After', expected: `1 to ${HOUR} seconds`, found: text ?? 'no such header' },
    ];
  },
} satisfies Rule;
