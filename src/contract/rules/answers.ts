import type { Rule } from '../model/rule.js';

export default {
  id: 'answers',
  on: 'silence',
  group: 'answers',
  title: 'Every request gets an answer',
  explain:
    'A connection that breaks, or an answer that never comes, each time that it is tried, while other requests are ' +
    'answered. What is answered when it is sent once more is a note, as is a 502, 503 or 504 that does not come again.',
  source: 'RFC 9110, section 3.4',
  check: ({ reason, recovered }) => [
    {
      where: 'connection',
      expected: 'an answer',
      found: recovered ? `${reason}; sent once more, it was answered` : reason,
      ...(recovered ? { note: true as const } : {}),
    },
  ],
} satisfies Rule;
