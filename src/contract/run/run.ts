import type { Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import type { Session } from '../exchange/session.js';
import type { Violation } from '../model/exchange.js';
import type { Rule, Scenario, ServerScenario } from '../model/rule.js';
import { exhaust } from '../scenarios/exhaust.js';
import { excused, judge } from './judge.js';
import { Verdicts } from './verdicts.js';

/** The rule whose probe is an operation's ordinary request. */
const ORDINARY = 'succeeds';

export interface RunOptions {
  session: Session;
  rules: readonly Rule[];
  operations: readonly Operation[];
  /** Use the rate limit up, and nothing else. */
  exhaust?: boolean;
  /** Told before each step of how many there are. */
  onStep?: (step: { done: number; total: number; name: string; operation: string | undefined }) => void;
}

/** What came of a run, before accepted deviations are taken out. */
export interface RunOutcome {
  session: Session;
  operations: readonly Operation[];
  /** Violations and notes in the order of the answers. */
  findings: Violation[];
  verdicts: Verdicts;
  /** Wall time in seconds. */
  seconds: number;
}

/** Rules that look at the facts of one scenario, and the facts. */
export interface Played {
  rules: readonly Rule[];
  operation: Operation | undefined;
  facts: unknown;
}

/** One step of a run: the probes of a rule, or a scenario, for one operation. */
interface Step {
  name: string;
  priority: number;
  operation: Operation | undefined;
  rules: readonly Rule[];
  play(): Promise<unknown>;
}

/** Plays all steps one after the other, the most telling first, and holds what came against the rules. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { session, rules, operations, onStep } = options;
  const started = performance.now();
  const verdicts = new Verdicts();
  const played: Played[] = [];
  const all = steps(options, verdicts);
  for (const [done, step] of all.entries()) {
    onStep?.({ done, total: all.length, name: step.name, operation: step.operation?.id });
    try {
      const facts = await step.play();
      played.push({ rules: step.rules, operation: step.operation, facts });
      if (step.name === ORDINARY) bar(step.operation, session);
    } catch (error) {
      excuse(error, step, verdicts);
    }
  }
  const findings = judge({ session, rules, operations, played, verdicts });
  return { session, operations, findings, verdicts, seconds: (performance.now() - started) / 1000 };
}

/** Where the ordinary request is refused for want of an id, all others would be too. */
function bar(operation: Operation | undefined, session: Session): void {
  const ordinary = session.exchanges.find(
    ({ probe }) => probe.operation === operation && probe.rule === ORDINARY,
  );
  const reason = ordinary && excused(ordinary, session);
  if (ordinary && reason !== undefined) session.bar(ordinary.operation, reason);
}

function excuse(error: unknown, step: Step, verdicts: Verdicts): void {
  if (!(error instanceof NotApplicable) && !(error instanceof NotCovered)) throw error;
  const state = error instanceof NotApplicable ? 'not-applicable' : 'not-covered';
  for (const rule of step.rules) verdicts.set(rule.id, step.operation?.id, state, error.message);
}

/** The steps in the order in which they are played; what can't be played at all is entered at once. */
function steps(options: RunOptions, verdicts: Verdicts): Step[] {
  const { session, rules, operations } = options;
  const list: Step[] = [];
  const add = (step: Step, notOnMock: string | undefined) => {
    const reason = unsuited(step, session, notOnMock);
    if (reason === undefined) list.push(step);
    else for (const rule of step.rules) verdicts.set(rule.id, step.operation?.id, 'not-applicable', reason);
  };
  for (const [scenario, own] of serverScenarios(rules)) {
    if ((scenario === exhaust) !== (options.exhaust ?? false)) continue;
    const { name, priority } = scenario;
    add(
      { name, priority, operation: undefined, rules: own, play: () => scenario.play(session) },
      scenario.notOnMock,
    );
  }
  for (const operation of options.exhaust ? [] : operations) {
    const lack = session.target.lacks?.(operation);
    if (lack !== undefined) {
      verdicts.set('succeeds', operation.id, 'not-covered', lack);
      continue;
    }
    for (const rule of rules) {
      if (rule.on !== 'probe') continue;
      const play = async () => {
        for (const probe of await rule.probes(operation, session)) await session.get(probe);
      };
      add({ name: rule.id, priority: rule.priority, operation, rules: [rule], play }, rule.notOnMock);
    }
    for (const [scenario, own] of scenarios(rules)) {
      const { name, priority } = scenario;
      add(
        { name, priority, operation, rules: own, play: () => scenario.play(operation, session) },
        scenario.notOnMock,
      );
    }
  }
  return list.sort((a, b) => effect(a) - effect(b) || a.priority - b.priority);
}

/** What writes comes after what reads, and what deletes comes last: nothing must change under a walk. */
function effect({ operation }: Step): number {
  const order = ['POST', 'PUT', 'PATCH', 'DELETE'];
  return order.indexOf(operation?.method ?? 'GET') + 1;
}

/** Why a step isn't for this target. */
function unsuited(
  { operation }: Step,
  { target }: Session,
  notOnMock: string | undefined,
): string | undefined {
  if (operation === undefined)
    return target.name === 'mock' || target.name === 'hosted-mock' ? notOnMock : undefined;
  if (!target.own && !['GET', 'HEAD'].includes(operation.method))
    return 'only safe methods are sent to this server';
  const fixed = target.fixed(operation);
  return fixed === undefined || notOnMock === undefined ? undefined : `${fixed}: ${notOnMock}`;
}

function scenarios(rules: readonly Rule[]): Map<Scenario<unknown>, Rule[]> {
  const found = new Map<Scenario<unknown>, Rule[]>();
  for (const rule of rules) {
    if (rule.on === 'scenario') found.set(rule.scenario, [...(found.get(rule.scenario) ?? []), rule]);
  }
  return found;
}

function serverScenarios(rules: readonly Rule[]): Map<ServerScenario<unknown>, Rule[]> {
  const found = new Map<ServerScenario<unknown>, Rule[]>();
  for (const rule of rules) {
    if (rule.on === 'server') found.set(rule.scenario, [...(found.get(rule.scenario) ?? []), rule]);
  }
  return found;
}
