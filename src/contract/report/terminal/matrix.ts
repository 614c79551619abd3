import type { Operation } from '../../../document/index.js';
import type { CheckResult } from '../../model/result.js';
import { GROUPS, type Group } from '../../model/rule.js';
import type { State } from '../../model/verdict.js';
import { answersOf } from '../grouping.js';

/** The result of an operation in one group of rules. */
export interface Cell {
  /** The most important of the group's states. */
  state: State;
  /** Number of answers that show violations. */
  answers: number;
}

export interface Row {
  /** Undefined for the server as a whole. */
  operation: Operation | undefined;
  cells: Record<Group, Cell>;
}

/** From the most important state to the least. */
const ORDER: readonly State[] = ['broken', 'not-covered', 'accepted', 'noted', 'kept', 'not-applicable'];

/** Operations × groups of rules. The server as a whole has a row if a rule checked it. */
export function matrix(result: CheckResult): Row[] {
  const groupOf = new Map(result.rules.map((rule) => [rule.id, rule.group]));
  const whole = result.verdicts.some(
    ({ operation, state }) => operation === undefined && state !== 'not-applicable',
  );
  const operations = [...(whole ? [undefined] : []), ...result.operations];
  const verdicts = byOperation(result.verdicts);
  const violations = byOperation(result.violations);
  return operations.map((operation) => {
    const own = verdicts.get(operation?.id) ?? [];
    const broken = violations.get(operation?.id) ?? [];
    const cells = Object.fromEntries(
      GROUPS.map((group): [Group, Cell] => {
        const states = new Set(
          own.filter(({ rule }) => groupOf.get(rule) === group).map(({ state }) => state),
        );
        const answers = answersOf(broken.filter(({ rule }) => groupOf.get(rule) === group));
        return [group, { state: ORDER.find((state) => states.has(state)) ?? 'not-applicable', answers }];
      }),
    ) as Record<Group, Cell>;
    return { operation, cells };
  });
}

/** Sorted once: a large document has some ten thousand verdicts. */
function byOperation<T extends { readonly operation: string | undefined }>(
  all: readonly T[],
): Map<string | undefined, T[]> {
  const sorted = new Map<string | undefined, T[]>();
  for (const one of all) {
    const own = sorted.get(one.operation);
    if (own) own.push(one);
    else sorted.set(one.operation, [one]);
  }
  return sorted;
}
