import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

export default {
  id: 'unknown-method',
  on: 'probe',
  group: 'errors',
  priority: 3,
  notOnMock: 'the mock answers this with a problem of its own',
  title: 'A method that a path does not have gives a 405',
  explain:
    'No document lists the 405, and each path has it. Asked for once, of single things twice, and only on servers that may ' +
    'be written to: should the method be there after all, it would act.',
  source: 'RFC 9110, section 15.5.6',
  async probes(operation, session) {
    const { operations } = session.contract;
    const siblings = operations.filter(({ path }) => path === operation.path);
    if (siblings[0] !== operation) throw new NotApplicable('asked with another operation of the path');
    if (!session.target.own) throw new NotApplicable('only safe methods are sent to this server');
    const missing = METHODS.filter((candidate) => !siblings.some(({ method }) => method === candidate));
    if (missing.length === 0) throw new NotApplicable('the path has all methods');
    // A server that reads whatever the method does so with the first; one that puts or patches, at the address of one thing.
    const asked = missing.slice(0, operation.path.endsWith('}') ? 2 : 1);
    const probes = asked.map((method) => {
      const probe = { name: `${method} in place of ${operation.method}`, method, expect: ['405'] };
      return session.probe(operation, { ...probe, breaks: 'method', rule: 'unknown-method' });
    });
    return Promise.all(probes);
  },
} satisfies Rule;
