import type { Rule } from '../model/rule.js';

export default {
  id: 'private-cache',
  on: 'answer',
  group: 'headers',
  title: 'What needs a token may not be kept by shared caches',
  explain:
    'An answer to a request with a token that says Cache-Control: public, or s-maxage, may be stored by a proxy and shown ' +
    'to somebody else. No document asks for the opposite, so this is a note.',
  source: 'RFC 9111, section 3.5',
  check({ operation, probe, response }) {
    const cache = response.headers.get('cache-control');
    if (operation.public || probe.credential === 'none' || cache === null || response.status >= 400)
      return undefined;
    if (!/\bpublic\b|\bs-maxage=[1-9]/i.test(cache)) return [];
    return [{ where: 'header Cache-Control', expected: 'private or no-store', found: cache, note: true }];
  },
} satisfies Rule;
