import type { Rule } from '../model/rule.js';

export default {
  id: 'answers',
  on: 'silence',
  group: 'answers',
  title: 'Every request gets an answer',
  explain: 'A connection that breaks or an answer that never comes, while other requests are answered.',
  source: 'RFC 9110, section 3.4',
  check: ({ reason }) => [{ where: 'connection', expected: 'an answer', found: reason }],
} satisfies Rule;
