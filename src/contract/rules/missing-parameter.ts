import type { Operation } from '../../document/index.js';
import { either } from '../../text/words.js';
import { NotApplicable } from '../errors.js';
import type { Ask } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import type { ProbeMaker } from '../model/session.js';
import { parametersOf, refusals, requireValidation } from '../probe/refusal.js';
import { canBeEmpty, queryPairs } from '../probe/values.js';

export default {
  id: 'missing-parameter',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'A request without a required parameter is refused',
  explain:
    'Each required query or header parameter is left out once. One that needs one of several others is sent without ' +
    'all of them.',
  source: 'required and x-requires-one-of in the document',
  async probes(operation, session) {
    const required = parametersOf(
      operation,
      (parameter) =>
        parameter.required && parameter.in !== 'path' && !canBeEmpty(session.contract, parameter),
    );
    const asks: Pick<Ask, 'name' | 'without' | 'query' | 'breaks'>[] = [
      ...required.map(({ name }) => ({ name: `without ${name}`, without: name, breaks: name })),
      ...inNeedOfOthers(operation, session),
    ];
    if (asks.length === 0) throw new NotApplicable('only the path has required parameters');
    requireValidation(session);
    const expect = refusals(operation, '400', '422');
    return Promise.all(
      asks.map((ask) => session.probe(operation, { ...ask, expect, rule: 'missing-parameter' })),
    );
  },
} satisfies Rule;

/** Parameters without any of those that one of them needs beside it, which a mock of examples knows nothing about. */
function inNeedOfOthers(operation: Operation, { ids, target }: ProbeMaker) {
  const { parameters } = operation;
  if (target.fixed(operation) !== undefined) return [];
  return parameters.flatMap((parameter) => {
    const { name, in: place, requiresOneOf: others = [] } = parameter;
    const known = place === 'query' ? ids.of(parameter) : undefined;
    const isMet = parameters.some((one) => one.required && others.includes(one.name));
    if (!known || others.length === 0 || isMet) return [];
    const query = queryPairs(parameter, known.whole ?? known.value);
    // A problem may name any of them.
    return [{ name: `${name} without ${either(others)}`, query, breaks: `${name} alone` }];
  });
}
