import type { Operation, Parameter } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Probe } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import type { ProbeMaker } from '../model/session.js';
import { additions, knowsAny, mayBePut, refusals } from '../probe/refusal.js';
import { unknownLike } from '../probe/unknown-like.js';
import { accepts } from '../probe/values.js';

export default {
  id: 'unknown-id',
  on: 'probe',
  group: 'errors',
  priority: 1,
  notOnMock: 'the mock knows any id',
  title: 'An id that names nothing gives a 404',
  explain:
    'Sends a well-formed id that does not exist in place of each path parameter. An answer with some object ' +
    'would be the answer to another question.',
  source: 'the path parameters in the document',
  async probes(operation, session) {
    const all = operation.parameters.filter((parameter) => parameter.in === 'path');
    if (all.length === 0) throw new NotApplicable('the path has no parameter');
    const parameters = mayBePut(operation, session) ? all.slice(0, -1) : all;
    if (parameters.length === 0) throw new NotApplicable('a PUT may have put something there');
    refusals(operation, '404');
    const probes = await Promise.all(parameters.map((parameter) => unknown(parameter, operation, session)));
    const found = probes.filter((probe) => probe !== undefined);
    if (found.length === 0) throw new NotApplicable('no other value is well-formed');
    return found;
  },
} satisfies Rule;

async function unknown(
  parameter: Parameter,
  operation: Operation,
  session: ProbeMaker,
): Promise<Probe | undefined> {
  const plain = await session.probe(operation, { name: 'as required, no more' });
  if (knowsAny(parameter, plain, session)) return undefined;
  const known = plain.path[parameter.name] ?? '';
  const other = unknownLike(known).find((text) => accepts(session.contract, parameter, text));
  if (other === undefined) return undefined;
  return {
    ...plain,
    name: `${parameter.name}=${other}, which names nothing`,
    path: { ...plain.path, [parameter.name]: other },
    expect: ['404', ...additions(operation)],
    rule: 'unknown-id',
    breaks: parameter.name,
  };
}
