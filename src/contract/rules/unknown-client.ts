import { isObject } from '../../document/index.js';
import { show } from '../../text/words.js';
import { serverRule } from '../model/rule.js';
import { token } from '../scenarios/token.js';

export default serverRule(token, {
  id: 'unknown-client',
  group: 'errors',
  title: 'A client that nobody knows gets a 401 and no token',
  explain:
    'Asks for a token with a client id that was never issued. The answer is JSON with the error invalid_client.',
  source: 'RFC 6749, section 5.2',
  check({ unknown }) {
    const { response, json } = unknown;
    if (response.status !== 401)
      return [{ where: 'status', expected: '401', found: String(response.status), exchange: unknown }];
    const error = isObject(json?.value) ? json.value.error : undefined;
    if (error === 'invalid_client') return [];
    return [{ where: 'body /error', expected: '"invalid_client"', found: show(error), exchange: unknown }];
  },
});
