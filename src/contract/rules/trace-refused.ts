import { serverRule } from '../model/rule.js';
import { asides } from '../scenarios/asides.js';

export default serverRule(asides, {
  id: 'trace-refused',
  group: 'answers',
  title: 'TRACE is refused',
  explain:
    'TRACE gives back the request as it arrived, with whatever proxies have added, and with the token where a server ' +
    'does not leave it out. No document asks for the opposite, so this is a note.',
  source: 'RFC 9110, section 9.3.8',
  check({ trace }) {
    if (!trace) return undefined;
    const { status } = trace.response;
    if (status >= 400) return [];
    return [{ where: 'status', expected: '405 or 501', found: String(status), exchange: trace, note: true }];
  },
});
