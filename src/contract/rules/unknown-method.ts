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
    'No document lists the 405, and each path has it. Asked once a path, of servers that may be written to: should ' +
    'the method be there after all, it would act.',
  source: 'RFC 9110, section 15.5.6',
  async probes(operation, session) {
    const { operations } = session.contract;
    const siblings = operations.filter(({ path }) => path === operation.path);
    if (siblings[0] !== operation) throw new NotApplicable('asked with another operation of the path');
    if (!session.target.own) throw new NotApplicable('only safe methods are sent to this server');
    const method = METHODS.find((candidate) => !siblings.some((sibling) => sibling.method === candidate));
    if (method === undefined) throw new NotApplicable('the path has all methods');
    const probe = { name: `${method} in place of ${operation.method}`, method, expect: ['405'] };
    return [await session.probe(operation, { ...probe, breaks: 'method', rule: 'unknown-method' })];
  },
} satisfies Rule;
