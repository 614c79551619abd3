import type { Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import type { TargetSession } from '../exchange/session.js';
import type { Rule } from '../model/rule.js';
import type { Played, RunRecord, Skipped, Step } from '../model/run.js';
import { excuseFor } from './expectation.js';
import { ORDINARY, planExhaustion, planSteps } from './steps.js';

export interface RunOptions {
  session: TargetSession;
  rules: readonly Rule[];
  operations: readonly Operation[];
  /** Use the rate limit up, and nothing else. */
  exhaust: boolean;
  /** Told before each step of how many there are. */
  onStep?: (step: { done: number; total: number; name: string; operation: string | undefined }) => void;
}

/** Plays all steps one after the other; judges nothing. */
export async function run({ session, rules, operations, exhaust, onStep }: RunOptions): Promise<RunRecord> {
  const started = performance.now();
  const plan = exhaust
    ? planExhaustion(session, rules)
    : planSteps(session, session.target, rules, operations);
  const played: Played[] = [];
  const skipped = [...plan.skipped];
  for (const [done, step] of plan.steps.entries()) {
    onStep?.({ done, total: plan.steps.length, name: step.name, operation: step.operation?.id });
    try {
      const facts = await step.play();
      played.push({ rules: step.rules, operation: step.operation, facts });
      if (step.name === ORDINARY) bar(step.operation, session);
    } catch (error) {
      skipped.push(excuse(error, step));
    }
  }
  const { exchanges, others, silences } = session;
  return { exchanges, others, silences, played, skipped, seconds: (performance.now() - started) / 1000 };
}

/** Where the ordinary request is refused for want of an id, all others would be too. */
function bar(operation: Operation | undefined, session: TargetSession): void {
  const ordinary = session.exchanges.find(
    ({ probe }) => probe.operation === operation && probe.rule === ORDINARY,
  );
  const reason = ordinary && excuseFor(ordinary, session.target);
  if (ordinary && reason !== undefined) session.bar(ordinary.operation, reason);
}

/** @throws any error that says something else than that a step can't be played. */
function excuse(error: unknown, { rules, operation }: Step): Skipped {
  if (!(error instanceof NotApplicable) && !(error instanceof NotCovered)) throw error;
  const state = error instanceof NotApplicable ? 'not-applicable' : 'not-covered';
  return { rules: rules.map(({ id }) => id), operation, state, reason: error.message };
}
