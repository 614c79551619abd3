import type { Rule } from '../model/rule.js';

export default {
  id: 'answers',
  on: 'silence',
  group: 'answers',
  title: 'Every request gets an answer',
  explain:
    'A request whose connection breaks, or whose answer never comes, each time that it is tried, while other ' +
    'requests are answered. If it is answered when it is sent once more, that is a note, as is a 502, 503 or 504 ' +
    'that does not come again.',
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
