import { count } from '../../text/words.js';
import type { Contract } from '../model/contract.js';
import type { CheckResult } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Server } from '../model/target.js';
import type { Verdict } from '../model/verdict.js';
import type { Accepted, Violation } from '../model/violation.js';
import { NOTHING_CAME, type Verdicts, verdictKey } from './judge.js';

/** What a run found. */
interface Outcome {
  violations: readonly Violation[];
  accepted: CheckResult['accepted'];
  verdicts: Verdicts;
}

/** A run, and the deviations that are accepted in it. */
interface Run {
  contract: Contract;
  rules: readonly Rule[];
  target: Server;
  operations: readonly { readonly id: string }[];
  accepted: readonly Accepted[];
  /** Whether an entry that matches nothing is itself wrong; not if only some traffic was seen. */
  complete: boolean;
}

/**
 * Moves the accepted violations out of an outcome, and adds a violation for each entry that is no longer right. If all
 * violations of a verdict are accepted, the rule no longer counts as broken.
 */
export function takeOutAccepted({ violations, verdicts }: Outcome, run: Run): Outcome {
  const today = new Date().toISOString().slice(0, 10);
  const current = run.accepted.filter((entry) => entry.expires >= today);
  const standing: Violation[] = [];
  const accepted: CheckResult['accepted'] = [];
  for (const violation of violations) {
    const entry = current.find((candidate) => matches(candidate, violation));
    if (entry) accepted.push({ violation, entry });
    else standing.push(violation);
  }
  const wrong = wrongEntries(violations, verdicts, run, today);
  const after = [...verdicts].map(
    ([key, verdict]) => [key, verdictAfter(verdict, standing, accepted)] as const,
  );
  return { violations: [...standing, ...wrong], accepted, verdicts: new Map(after) };
}

function matches(entry: Accepted, { rule, operation }: Violation): boolean {
  return entry.rule === rule && (entry.operation === undefined || entry.operation === operation);
}

function verdictAfter(
  verdict: Verdict,
  standing: readonly Violation[],
  accepted: CheckResult['accepted'],
): Verdict {
  const { rule, operation } = verdict;
  const isOf = (violation: Violation) => violation.rule === rule && violation.operation === operation;
  if (!accepted.some(({ violation }) => isOf(violation)) || standing.some(isOf)) return verdict;
  return { rule, operation, state: 'accepted' };
}

/** Entries that have expired, or that accept what the run checked for and didn't find. */
function wrongEntries(
  violations: readonly Violation[],
  verdicts: Verdicts,
  run: Run,
  today: string,
): Violation[] {
  const reasonFor = inapplicable(verdicts, run);
  return run.accepted.flatMap((entry): Violation[] => {
    const { rule, operation, expires, at } = entry;
    const stale = { rule: 'accepted-deviation', operation, where: at, exchange: undefined };
    const used = violations.filter((violation) => matches(entry, violation)).length;
    if (expires < today) {
      const found = `${rule}, accepted until ${expires}${used > 0 ? `, broken ${count(used, 'time')}` : ''}`;
      return [{ ...stale, expected: 'an entry that is in date', found }];
    }
    if (used > 0 || !run.complete) return [];
    const reason = reasonFor(rule, operation);
    if (reason === undefined && !isKept(rule, operation, verdicts, run)) return [];
    const because = reason === undefined ? '' : `${reason}, so `;
    const found = `none: ${because}the entry can be taken out`;
    return [{ ...stale, expected: `a violation of ${rule}`, found }];
  });
}

/** Whether the run has checked the rule on the operation (or, without one, on any), and found it kept. */
function isKept(
  rule: string,
  operation: string | undefined,
  verdicts: Verdicts,
  { operations }: Run,
): boolean {
  return [undefined, ...operations.map(({ id }) => id)]
    .filter((id) => operation === undefined || id === operation)
    .some((id) => ['kept', 'noted'].includes(verdicts.get(verdictKey(rule, id))?.state ?? ''));
}

/**
 * Says why a rule can't apply to an operation (or, without one, to any in the document). Undefined if it may, or if
 * this run can't tell, because it didn't call the operation, or called a mock with fixed examples.
 */
function inapplicable(verdicts: Verdicts, { contract, rules, target }: Run) {
  const fixed = new Set(
    contract.operations.filter((one) => target.fixed(one) !== undefined).map(({ id }) => id),
  );
  const asked = new Set([...verdicts.values()].filter(isChecked).map(({ operation }) => operation));
  const reasonFor = (rule: string, operation: string) => {
    const verdict = verdicts.get(verdictKey(rule, operation));
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

function isChecked({ state }: Verdict): boolean {
  return state !== 'not-applicable' && state !== 'not-covered';
}
