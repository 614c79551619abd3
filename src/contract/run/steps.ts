import type { Operation } from '../../document/index.js';
import type { Rule, Scenario, ServerScenario } from '../model/rule.js';
import type { Skipped, Step } from '../model/run.js';
import type { ServerSession } from '../model/session.js';
import type { Target } from '../model/target.js';
import { exhaust } from '../scenarios/exhaust.js';

/** The rule whose probe is an operation's ordinary request. */
export const ORDINARY = 'succeeds';

export interface Plan {
  /** In the order in which they are played. */
  steps: Step[];
  /** What can't be played on this target at all. */
  skipped: Skipped[];
}

/** What a run does, the most telling first. */
export function planSteps(
  session: ServerSession,
  target: Target,
  rules: readonly Rule[],
  operations: readonly Operation[],
): Plan {
  const skipped: Skipped[] = [];
  const possible = operations.filter((operation) => {
    const reason = target.lacks?.(operation);
    if (reason !== undefined) skipped.push({ rules: [ORDINARY], operation, state: 'not-covered', reason });
    return reason === undefined;
  });
  const all = [
    ...serverSteps(session, rules).filter(({ scenario }) => scenario !== exhaust),
    ...possible.flatMap((operation) => operationSteps(session, rules, operation)),
  ];
  const steps = all.filter((step) => {
    const reason = unsuited(step, target);
    if (reason !== undefined) {
      const ids = step.rules.map(({ id }) => id);
      skipped.push({ rules: ids, operation: step.operation, state: 'not-applicable', reason });
    }
    return reason === undefined;
  });
  return { steps: steps.sort((a, b) => effect(a) - effect(b) || a.priority - b.priority), skipped };
}

/** A run that uses the rate limit up, and does nothing else. */
export function planExhaustion(session: ServerSession, rules: readonly Rule[]): Plan {
  return { steps: serverSteps(session, rules).filter(({ scenario }) => scenario === exhaust), skipped: [] };
}

/** A step, and why a mock that answers with fixed examples isn't asked. */
interface PossibleStep extends Step {
  notOnMock: string | undefined;
}

function serverSteps(
  session: ServerSession,
  rules: readonly Rule[],
): (PossibleStep & { scenario: ServerScenario<unknown> })[] {
  const own = rules.filter((rule) => rule.on === 'server');
  return [...new Set(own.map(({ scenario }) => scenario))].map((scenario) => ({
    name: scenario.name,
    priority: scenario.priority,
    notOnMock: scenario.notOnMock,
    operation: undefined,
    rules: own.filter((rule) => rule.scenario === scenario),
    scenario,
    play: () => scenario.play(session),
  }));
}

function operationSteps(
  session: ServerSession,
  rules: readonly Rule[],
  operation: Operation,
): PossibleStep[] {
  const probing = rules
    .filter((rule) => rule.on === 'probe')
    .map((rule) => ({
      name: rule.id,
      priority: rule.priority,
      notOnMock: rule.notOnMock,
      operation,
      rules: [rule],
      play: async () => {
        for (const probe of await rule.probes(operation, session)) await session.get(probe);
      },
    }));
  const own = rules.filter((rule) => rule.on === 'scenario');
  const played = [...new Set(own.map(({ scenario }): Scenario<unknown> => scenario))].map((scenario) => ({
    name: scenario.name,
    priority: scenario.priority,
    notOnMock: scenario.notOnMock,
    operation,
    rules: own.filter((rule) => rule.scenario === scenario),
    play: () => scenario.play(operation, session),
  }));
  return [...probing, ...played];
}

/** What writes comes after what reads, and what deletes comes last: nothing must change under a walk. */
function effect({ operation }: Step): number {
  const order = ['POST', 'PUT', 'PATCH', 'DELETE'];
  return order.indexOf(operation?.method ?? 'GET') + 1;
}

/** Why a step isn't for this target. */
function unsuited({ operation, notOnMock }: PossibleStep, target: Target): string | undefined {
  if (operation === undefined)
    return target.name === 'mock' || target.name === 'hosted-mock' ? notOnMock : undefined;
  if (!target.own && !['GET', 'HEAD'].includes(operation.method))
    return 'only safe methods are sent to this server';
  const fixed = target.fixed(operation);
  return fixed === undefined || notOnMock === undefined ? undefined : `${fixed}: ${notOnMock}`;
}
