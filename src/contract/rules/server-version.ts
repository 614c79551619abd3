import type { Rule } from '../model/rule.js';

export default {
  id: 'server-version',
  on: 'answer',
  group: 'headers',
  title: 'No answer names the version of the software behind it',
  explain: 'A version in Server or X-Powered-By tells attackers which faults to try. It is a note.',
  source: 'RFC 9110, section 10.2.4',
  check: ({ response }) =>
    ['Server', 'X-Powered-By'].flatMap((name) => {
      const text = response.headers.get(name);
      if (text === null || !/\d\.\d/.test(text)) return [];
      return [{ where: `header ${name}`, expected: 'no version', found: text, note: true as const }];
    }),
} satisfies Rule;
