import type { Rule } from '../model/rule.js';

export default {
  id: 'answers',
  on: 'silence',
  group: 'answers',
  title: 'Every request gets an answer',
  explain:
    'Fails where a connection breaks or no answer comes, each time that the request is tried, while other ' +
    'requests are answered. A request that is answered when it is sent once more is a note, as is a 502, 503 ' +
    'or 504 that does not come again.',
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
