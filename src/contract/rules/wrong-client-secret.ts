import { isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import { serverRule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { token } from '../scenarios/token.js';

export default serverRule(token, {
  id: 'wrong-client-secret',
  group: 'errors',
  title: 'A wrong client secret gives a 401 and no token',
  explain: 'Asks for a token with a wrong client secret. The answer is JSON with the error invalid_client.',
  source: 'RFC 6749, section 5.2',
  check({ wrong }) {
    const { response, json } = wrong;
    const at = (where: string, expected: string, found: string): Finding => ({
      where,
      expected,
      found,
      exchange: wrong,
    });
    if (response.status !== 401) return [at('status', '401', String(response.status))];
    const error = isObject(json?.value) ? json.value.error : undefined;
    return error === 'invalid_client' ? [] : [at('body /error', '"invalid_client"', show(error))];
  },
});
