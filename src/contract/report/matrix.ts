import type { Operation } from '../../document/index.js';
import { GROUPS, type Group, type Rule } from '../rule.js';
import type { RunResult } from '../run.js';

/** What one operation comes to in one group of rules. */
export type Cell = { state: 'kept' } | { state: 'broken'; violations: number } | { state: 'none' };

export interface Row {
  operation: Operation;
  requests: number;
  cells: Record<Group, Cell>;
}

/** Operations × groups of rules. */
export function matrix(result: RunResult, rules: readonly Rule[]): Row[] {
  const groupOf = new Map(rules.map((rule) => [rule.id, rule.group]));
  return result.operations.map((operation) => {
    const requests = result.exchanges.filter((exchange) => exchange.operation === operation).length;
    const own = result.violations.filter((violation) => violation.operation === operation.id);
    const cells = Object.fromEntries(
      GROUPS.map((group): [Group, Cell] => {
        const violations = own.filter((violation) => groupOf.get(violation.rule) === group).length;
        if (violations > 0) return [group, { state: 'broken', violations }];
        const looked = requests > 0 && rules.some((rule) => rule.group === group);
        return [group, { state: looked ? 'kept' : 'none' }];
      }),
    ) as Record<Group, Cell>;
    return { operation, requests, cells };
  });
}
