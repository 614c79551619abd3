import { isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import { textOf } from '../exchange/items.js';
import { serverRule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { token } from '../scenarios/token.js';

export default serverRule(token, {
  id: 'token-issued',
  group: 'errors',
  title: 'The token endpoint issues bearer tokens that are not to be stored',
  explain:
    'The answer has a token, its type, its lifetime in seconds, and Cache-Control: no-store, so that no ' +
    'proxy keeps it.',
  source: 'RFC 6749, section 5.1',
  check({ right }) {
    const { response, json } = right;
    const at = (where: string, expected: string, found: string): Finding => ({
      where,
      expected,
      found,
      exchange: right,
    });
    if (response.status !== 200) return [at('status', '200', String(response.status))];
    const body = isObject(json?.value) ? json.value : {};
    const findings: Finding[] = [];
    if (typeof body.access_token !== 'string' || body.access_token === '') {
      findings.push(
        at('body /access_token', 'a token', body.access_token === undefined ? 'nothing' : 'no text'),
      );
    }
    if (textOf(body.token_type).toLowerCase() !== 'bearer') {
      findings.push(at('body /token_type', 'Bearer', show(body.token_type)));
    }
    if (!Number.isInteger(body.expires_in) || Number(body.expires_in) <= 0) {
      findings.push(at('body /expires_in', 'a number of seconds', show(body.expires_in)));
    }
    const cache = response.headers.get('cache-control');
    if (!/\bno-store\b/i.test(cache ?? '')) {
      findings.push(at('header Cache-Control', 'no-store', cache ?? 'no such header'));
    }
    return findings;
  },
});
