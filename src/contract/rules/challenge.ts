import type { Rule } from '../model/rule.js';

export default {
  id: 'challenge',
  on: 'answer',
  group: 'errors',
  notOnMock: 'the mock sends the headers of the document and no others',
  title: 'A 401 says how to authenticate, a 405 what is allowed',
  explain:
    'HTTP asks for WWW-Authenticate with each 401 and for Allow with each 405. The document does not, so their ' +
    'absence is a note. An Allow that names the method that was just refused is wrong.',
  source: 'RFC 9110, sections 15.5.2 and 15.5.6',
  check({ probe, response }) {
    const allowed = response.status === 405 ? response.headers.get('allow') : null;
    const methods = allowed?.split(',').map((method) => method.trim().toUpperCase()) ?? [];
    if (methods.includes(probe.method))
      return [
        { where: 'header Allow', expected: `methods other than ${probe.method}`, found: allowed ?? '' },
      ];
    const name = { 401: 'WWW-Authenticate', 405: 'Allow' }[response.status];
    if (name === undefined) return undefined;
    if (response.headers.has(name)) return [];
    return [
      { where: `header ${name}`, expected: 'this header', found: 'no such header', note: true as const },
    ];
  },
} satisfies Rule;
