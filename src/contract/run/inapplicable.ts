import type { Contract } from '../model/contract.js';
import type { Rule } from '../model/rule.js';
import type { Server } from '../model/target.js';
import type { Verdict } from '../model/verdict.js';
import { NOTHING_CAME } from './judge.js';
import type { Verdicts } from './verdicts.js';

interface Context {
  contract: Contract;
  rules: readonly Rule[];
  target: Server;
  verdicts: Verdicts;
}

/**
 * Says why a rule can't apply to an operation (or, without one, to any in the document). Undefined if it may, or if
 * this run can't tell, because it didn't call the operation, or called a mock with fixed examples.
 */
export function inapplicable({ contract, rules, target, verdicts }: Context) {
  const fixed = new Set(
    contract.operations.filter((one) => target.fixed(one) !== undefined).map(({ id }) => id),
  );
  const asked = new Set([...verdicts].filter(looked).map(({ operation }) => operation));
  const reasonFor = (rule: string, operation: string) => {
    const verdict = verdicts.get(rule, operation);
    if (verdict?.state !== 'not-applicable' || verdict.reason === NOTHING_CAME) return undefined;
    return asked.has(operation) && !fixed.has(operation) ? verdict.reason : undefined;
  };
  return (rule: string, operation: string | undefined): string | undefined => {
    if (rules.some(({ id, on }) => id === rule && on === 'server')) {
      return operation === undefined ? undefined : 'the rule is about the server as a whole';
    }
    const ids = operation === undefined ? contract.operations.map(({ id }) => id) : [operation];
    const reasons = ids.map((id) => reasonFor(rule, id));
    return reasons.includes(undefined) ? undefined : reasons[0];
  };
}

function looked({ state }: Verdict): boolean {
  return state !== 'not-applicable' && state !== 'not-covered';
}
