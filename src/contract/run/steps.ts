import type { Operation } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import { requestKey } from '../exchange/session.js';
import type { Probe } from '../model/probe.js';
import type { Rule, Scenario, ServerScenario } from '../model/rule.js';
import type { Planned, Skipped, Step } from '../model/run.js';
import type { ProbeMaker, ServerSession } from '../model/session.js';
import type { Target } from '../model/target.js';
import { whyNotCalled } from '../operation/callable.js';
import type { Planner } from '../probe/planner.js';
import { exhaust } from '../scenarios/exhaust.js';

/** The rule whose probe is an operation's ordinary request. */
export const ORDINARY = 'succeeds';

export interface Plan {
  /** In the order to play them. */
  steps: Step[];
  /** Rules that can't be played on this target. */
  skipped: Skipped[];
}

/**
 * Plans the steps of a run, the most informative first. It sends nothing.
 *
 * @param counting whether the number of requests is needed.
 */
export async function planSteps(
  planner: Planner,
  rules: readonly Rule[],
  operations: readonly Operation[],
  counting: boolean,
): Promise<Plan> {
  const { target } = planner;
  const skipped: Skipped[] = [];
  const possible = operations.filter((operation) => {
    const reason = whyNotCalled(operation, target);
    if (reason !== undefined) skipped.push({ rules: [ORDINARY], operation, state: 'not-covered', reason });
    return reason === undefined;
  });
  const all = [
    ...serverSteps(rules, target).filter(({ scenario }) => scenario !== exhaust),
    ...possible.flatMap((operation) => operationSteps(rules, operation, target)),
  ];
  const steps = all.filter((step) => {
    const reason = unsuited(step, target) ?? represented(step, possible);
    if (reason !== undefined) {
      const ids = step.rules.map(({ id }) => id);
      skipped.push({ rules: ids, operation: step.operation, state: 'not-applicable', reason });
    }
    return reason === undefined;
  });
  const sorted = steps.sort((a, b) => effect(a) - effect(b) || a.priority - b.priority);
  if (counting) await countProbes(sorted, planner);
  return { steps: sorted, skipped };
}

/** Counts the requests of each step's probes that no earlier step has sent. */
async function countProbes(steps: PossibleStep[], planner: Planner): Promise<void> {
  const known = new Set<string>();
  for (const step of steps) {
    if (!step.probes) continue;
    // Why it has none is found when it is played.
    const probes = await step.probes(planner).catch((error: unknown) => {
      if (error instanceof CannotRun) throw error;
      return [];
    });
    const keys = probes.map(requestKey).filter((key) => !known.has(key));
    for (const key of keys) known.add(key);
    step.requests = keys.length;
  }
}

/** The totals of all steps. */
export function planned({ steps }: Plan): Planned {
  const active = steps.filter(({ requests }) => requests > 0);
  return {
    operations: new Set(active.flatMap(({ operation }) => operation ?? [])).size,
    checks: active.reduce((sum, { rules }) => sum + rules.length, 0),
    requests: active.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** Why a rule that asks one operation of each kind doesn't ask this one. */
function represented({ rules: [rule], operation }: Step, all: readonly Operation[]): string | undefined {
  if (rule?.on !== 'probe' || rule.kindOf === undefined || operation === undefined) return undefined;
  const kind = rule.kindOf(operation);
  if (kind === undefined) return 'the operation is of no kind that is asked';
  const same = all.filter((other) => rule.kindOf?.(other) === kind);
  const depth = ({ path }: Operation) => path.split('{').length;
  const [first] = same.sort((a, b) => depth(a) - depth(b));
  return first === operation ? undefined : `${first?.id} is asked, of the same kind`;
}

/** A run that uses up the rate limit, and does nothing else. */
export function planExhaustion(rules: readonly Rule[], target: Target): Plan {
  return { steps: serverSteps(rules, target).filter(({ scenario }) => scenario === exhaust), skipped: [] };
}

/** A step, and why a mock that answers with fixed examples isn't asked. */
interface PossibleStep extends Step {
  notOnMock: string | undefined;
  /** The probes to be sent, if known in advance. */
  probes?(planner: ProbeMaker): Promise<Probe[]>;
}

function serverSteps(
  rules: readonly Rule[],
  target: Target,
): (PossibleStep & { scenario: ServerScenario<unknown> })[] {
  const own = rules.filter((rule) => rule.on === 'server');
  return [...new Set(own.map(({ scenario }) => scenario))].map((scenario) => ({
    name: scenario.name,
    priority: scenario.priority,
    notOnMock: scenario.notOnMock,
    operation: undefined,
    rules: own.filter((rule) => rule.scenario === scenario),
    requests: scenario.requests(target),
    scenario,
    play: (session: ServerSession) => scenario.play(session),
  }));
}

function operationSteps(rules: readonly Rule[], operation: Operation, target: Target): PossibleStep[] {
  const probing = rules
    .filter((rule) => rule.on === 'probe')
    .map((rule) => ({
      name: rule.id,
      priority: rule.priority,
      notOnMock: rule.notOnMock,
      operation,
      rules: [rule],
      requests: 0,
      probes: async (planner: ProbeMaker) => rule.probes(operation, planner),
      play: async (session: ServerSession) => {
        for (const probe of await rule.probes(operation, session)) await session.get(probe);
      },
    }));
  const own = rules.filter((rule) => rule.on === 'scenario');
  const played = [...new Set(own.map(({ scenario }): Scenario<unknown> => scenario))].map((scenario) => ({
    name: scenario.name,
    // An operation that reads gets its ordinary request first, which shows whether it can be called at all.
    priority: operation.method === 'GET' ? Math.max(0, scenario.priority) : scenario.priority,
    notOnMock: scenario.notOnMock,
    operation,
    rules: own.filter((rule) => rule.scenario === scenario),
    requests: scenario.requests(operation, target),
    confirmed: scenario.confirmed ?? false,
    play: (session: ServerSession) => scenario.play(operation, session),
  }));
  return [...probing, ...played];
}

/**
 * Steps that write come after those that read, and those that delete come last, so that nothing changes during a walk.
 */
function effect({ operation }: Step): number {
  const order = ['POST', 'PUT', 'PATCH', 'DELETE'];
  return order.indexOf(operation?.method ?? 'GET') + 1;
}

/** Why a step can't be played on this target. */
function unsuited({ operation, notOnMock }: PossibleStep, target: Target): string | undefined {
  if (operation === undefined)
    return target.name === 'mock' || target.name === 'hosted-mock' ? notOnMock : undefined;
  if (!target.own && !['GET', 'HEAD'].includes(operation.method))
    return 'only safe methods are sent to this server';
  const fixed = target.fixed(operation);
  return fixed === undefined || notOnMock === undefined ? undefined : `${fixed}: ${notOnMock}`;
}
