import type { Operation } from '../../document/index.js';
import { Confirmation } from '../again/confirm.js';
import { CannotRun, CutShort, NotApplicable, NotCovered, Stumbled } from '../errors.js';
import type { TargetSession } from '../exchange/session.js';
import { FUZZ_REQUESTS, type FuzzOptions, fuzz } from '../fuzz/fuzz.js';
import type { Rule } from '../model/rule.js';
import type { Incomplete, Planned, Play, Played, RunRecord, Skipped, Step } from '../model/run.js';
import type { Violation } from '../model/violation.js';
import { Planner } from '../probe/planner.js';
import { excuseFor } from './expectation.js';
import { findingsOf, verdictKey } from './judge.js';
import { ORDINARY, type Plan, planExhaustion, planned, planSteps } from './steps.js';

export interface RunOptions {
  session: TargetSession;
  rules: readonly Rule[];
  operations: readonly Operation[];
  /** Use up the rate limit, and do nothing else. */
  exhaust: boolean;
  /** Afterwards, requests with generated values. */
  fuzz?: FuzzOptions | undefined;
  /** Called before the first request with what will be sent. */
  onPlan?: ((plan: Planned) => void) | undefined;
  /** Called before each step that may still send, with the number of steps. */
  onStep?:
    | ((step: { done: number; total: number; name: string; operation: string | undefined }) => void)
    | undefined;
}

/** Plays all steps in order, and repeats those with findings. */
export async function run(options: RunOptions): Promise<RunRecord> {
  const { session, rules, operations, onPlan, onStep } = options;
  const { contract, target, line } = session;
  const started = performance.now();
  const plan = await planOf(options);
  const { requests, ...sizes } = planned(plan);
  onPlan?.({ ...sizes, requests: requests + toFuzz(options) });
  const confirmation = new Confirmation(session, {
    play: playStep,
    findings: (step, play) => findingsOf(step, play, { contract, target }),
  });
  const played: Played[] = [];
  const skipped = [...plan.skipped];
  const stumbled: Violation[] = [];
  const spent = new Map<string, number>();
  let unplayed = 0;
  for (const [done, step] of plan.steps.entries()) {
    // Before the first step that writes: afterwards all answers may change.
    if (writes(step) && !writes(plan.steps[done - 1])) await confirmation.settle();
    // Nothing more is sent after that: counting on would look like checks.
    if (line.cut === undefined)
      onStep?.({ done, total: plan.steps.length, name: step.name, operation: step.operation?.id });
    const play = await playStep(step, session);
    spend(spent, step, play);
    if (play.failure) skipped.push(excuse(play.failure, step));
    else played.push({ rules: step.rules, operation: step.operation, facts: play.facts });
    if (play.failure instanceof Stumbled) stumbled.push(stumble(play.failure, step));
    if (play.failure instanceof CutShort) unplayed += Math.max(1, step.requests - play.exchanges.length);
    if (step.name === ORDINARY) bar(step.operation, session);
    await confirmation.look(step, play);
  }
  await confirmation.settle();
  const fuzzed =
    options.fuzz && (await fuzz(options.fuzz, session.again(), session.exchanges, rules, operations));
  unplayed += Math.max(0, toFuzz(options) - (fuzzed?.sent ?? 0));
  const { exchanges, others, silences } = session;
  const incomplete = line.cut === undefined ? undefined : cutShort(line.cut, line.budget.sent, unplayed);
  return {
    exchanges,
    others,
    silences: [...silences, ...line.recovered],
    played,
    skipped,
    doubted: confirmation.doubted,
    confirmed: [...stumbled, ...confirmation.found, ...(fuzzed?.violations ?? [])],
    ...(fuzzed ? { fuzzed } : {}),
    requests: line.budget.sent,
    spent,
    ...(incomplete ? { incomplete } : {}),
    seconds: (performance.now() - started) / 1000,
  };
}

async function planOf({ session, rules, operations, exhaust, onPlan }: RunOptions): Promise<Plan> {
  const { contract, target, ids, line } = session;
  if (exhaust) return planExhaustion(rules, target);
  // If there is no limit on requests, nobody needs their number.
  const counting = onPlan !== undefined || !target.own || Number.isFinite(line.budget.most);
  return planSteps(new Planner(contract, target, ids), rules, operations, counting);
}

/** Number of requests with generated values; 0 if it isn't known before. */
function toFuzz({ fuzz }: RunOptions): number {
  return fuzz === undefined || fuzz.seconds !== undefined ? 0 : (fuzz.requests ?? FUZZ_REQUESTS);
}

/** If something goes wrong in a step, that is a finding. @throws CannotRun */
async function playStep(step: Step, session: TargetSession): Promise<Play> {
  const [exchanges, others] = [session.exchanges.length, session.others.length];
  const sent = () => ({
    exchanges: session.exchanges.slice(exchanges),
    others: session.others.slice(others),
  });
  try {
    const facts = await step.play(session);
    return { facts, ...sent() };
  } catch (failure) {
    if (failure instanceof CannotRun) throw failure;
    const known = failure instanceof NotApplicable || failure instanceof NotCovered;
    return { failure: known ? failure : new Stumbled(messageOf(failure)), ...sent() };
  }
}

/** Adds how long the requests of a step took to its rules, in equal parts. */
function spend(spent: Map<string, number>, { rules, operation }: Step, { exchanges, others }: Play): void {
  const seconds = [...exchanges, ...others].reduce((sum, { response }) => sum + (response.seconds ?? 0), 0);
  for (const { id } of rules) {
    const key = verdictKey(id, operation?.id);
    spent.set(key, (spent.get(key) ?? 0) + seconds / rules.length);
  }
}

function cutShort(reason: string, sent: number, unplayed: number): Incomplete {
  return { sent, planned: sent + unplayed, reason };
}

function stumble({ message }: Stumbled, { rules, operation }: Step): Violation {
  return {
    rule: rules[0]?.id ?? ORDINARY,
    operation: operation?.id,
    where: 'answer',
    expected: 'answers that can be judged',
    found: `ones at which the check fails: ${message}`,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function writes(step: Step | undefined): boolean {
  return step?.operation !== undefined && !['GET', 'HEAD'].includes(step.operation.method);
}

/** If the ordinary request is refused because of an id, all others would be too. */
function bar(operation: Operation | undefined, session: TargetSession): void {
  const ordinary = session.exchanges.find(
    ({ probe }) => probe.operation === operation && probe.rule === ORDINARY,
  );
  const reason = ordinary && excuseFor(ordinary, session.target, session.contract);
  if (ordinary && reason !== undefined) session.bar(ordinary.operation, reason);
}

function excuse(failure: NotApplicable | NotCovered, { rules, operation }: Step): Skipped {
  const state = failure instanceof NotApplicable ? 'not-applicable' : 'not-covered';
  return { rules: rules.map(({ id }) => id), operation, state, reason: failure.message };
}
