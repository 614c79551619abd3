import { serverRule } from '../model/rule.js';
import { asides } from '../scenarios/asides.js';

/** Statuses that say that the method doesn't exist. */
const REFUSALS: readonly number[] = [405, 501];

export default serverRule(asides, {
  id: 'head-answers',
  group: 'answers',
  title: 'HEAD is answered as GET is, or refused',
  explain:
    'HEAD asks for the status and the headers of a GET. Monitors and proxies send it, whether a document names ' +
    'it or not. A status other than that of the GET, 405 or 501 is a note.',
  source: 'RFC 9110, section 9.3.2',
  check({ plain, head }) {
    const { status } = head.response;
    if (status === plain.response.status || REFUSALS.includes(status)) return [];
    const expected = `${plain.response.status}, as by GET`;
    return [{ where: 'status', expected, found: String(status), exchange: head, note: true }];
  },
});
