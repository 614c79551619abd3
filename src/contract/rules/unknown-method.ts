import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';

/** A GET first: links and crawlers send it, and nobody expects one to act. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export default {
  id: 'unknown-method',
  on: 'probe',
  group: 'errors',
  priority: 3,
  notOnMock: 'the mock answers this with a problem of its own',
  title: 'A method that a path does not have gives a 405',
  explain:
    'Documents do not list the 405, but each path can give it. One method that the path lacks is sent, two where ' +
    'the path names a single thing; only to servers that may be written to, as the method would act if it were ' +
    'there after all.',
  source: 'RFC 9110, section 15.5.6',
  async probes(operation, session) {
    const { operations } = session.contract;
    const siblings = operations.filter(({ path }) => path === operation.path);
    if (siblings[0] !== operation) throw new NotApplicable('asked with another operation of the path');
    if (!session.target.own) throw new NotApplicable('only safe methods are sent to this server');
    const missing = METHODS.filter((candidate) => !siblings.some(({ method }) => method === candidate));
    if (missing.length === 0) throw new NotApplicable('the path has all methods');
    // A server that ignores the method answers the first one; one that puts or patches single things, the second.
    const asked = missing.slice(0, operation.path.endsWith('}') ? 2 : 1);
    const probes = asked.map(async (method) => {
      const ask = { name: `${method} in place of ${operation.method}`, method, expect: ['405'] };
      const probe = await session.probe(operation, { ...ask, breaks: 'method', rule: 'unknown-method' });
      const { body: _, ...bodiless } = probe;
      return method === 'GET' ? bodiless : probe;
    });
    return Promise.all(probes);
  },
} satisfies Rule;
