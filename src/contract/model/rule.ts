import type { Operation } from '../../document/index.js';
import type { Contract } from './contract.js';
import type { Exchange, Silence } from './exchange.js';
import type { Probe } from './probe.js';
import type { ProbeMaker, ServerSession, Session } from './session.js';
import type { Server, Target } from './target.js';
import type { Finding } from './violation.js';

/** Columns of the table: the subjects of rules. */
export const GROUPS = ['answers', 'headers', 'errors', 'pages', 'queries', 'agree'] as const;
export type Group = (typeof GROUPS)[number];

type Awaitable<T> = T | Promise<T>;

/** What every rule says about itself, for `--list-rules`, `--explain` and the reports. */
export interface About {
  /** The name of its file. */
  id: string;
  group: Group;
  /** One line: what holds if the rule is kept. */
  title: string;
  /** What it checks, why it matters, what to do if it is broken. */
  explain: string;
  /** Its source: a section of the document, an RFC. */
  source: string;
  /** Why it can't judge a mock that answers with fixed examples; absent if it can. */
  notOnMock?: string;
}

/** Checks each single answer; returns undefined if there is nothing to check. */
export interface AnswerRule extends About {
  on: 'answer';
  check(exchange: Exchange, contract: Contract): Finding[] | undefined;
}

/**
 * Sends its own requests and names the allowed answers.
 * `probes` throws NotApplicable or NotCovered if there is nothing to send.
 */
export interface ProbeRule extends About {
  on: 'probe';
  /** Lower values are sent earlier; a small budget leaves out the last ones. */
  priority: number;
  /**
   * For behaviour that a server implements in one place for all operations: of each kind, only the operation with the
   * fewest path parameters is asked. Undefined for an operation that isn't asked. Without this function, all are asked.
   */
  kindOf?(operation: Operation): string | undefined;
  probes(operation: Operation, session: ProbeMaker): Awaitable<Probe[]>;
}

/** Several requests that belong together, and the facts they yield. */
export interface Scenario<Facts> {
  name: string;
  priority: number;
  /** Approximate number of requests that no other step sends. */
  requests(operation: Operation, server: Server): number;
  /** It repeats its requests itself before its rules judge. */
  confirmed?: true;
  /** Why a mock that answers with fixed examples isn't asked. */
  notOnMock?: string;
  /** @throws NotApplicable or NotCovered if it can't be played. */
  play(operation: Operation, session: Session): Promise<Facts>;
}

/** Checks the facts of a scenario; returns undefined if there is nothing to check. */
export interface ScenarioRule extends About {
  on: 'scenario';
  scenario: Scenario<unknown>;
  check(facts: unknown, contract: Contract): Finding[] | undefined;
}

/** Requests that belong to no operation: those to the token endpoint, or those that use up the rate limit. */
export interface ServerScenario<Facts> {
  name: string;
  priority: number;
  /** Approximate number of requests. */
  requests(target: Target): number;
  notOnMock?: string;
  play(session: ServerSession): Promise<Facts>;
}

export interface ServerRule extends About {
  on: 'server';
  scenario: ServerScenario<unknown>;
  check(facts: unknown, contract: Contract): Finding[] | undefined;
}

/** Checks all answers of an operation, in the order they came. */
export interface SequenceRule extends About {
  on: 'sequence';
  check(exchanges: readonly Exchange[], contract: Contract): Finding[] | undefined;
}

/** Checks requests that got no answer. */
export interface SilenceRule extends About {
  on: 'silence';
  check(silence: Silence, contract: Contract): Finding[];
}

export type Rule = AnswerRule | ProbeRule | ScenarioRule | ServerRule | SequenceRule | SilenceRule;

interface Checks<Facts> {
  check(facts: Facts, contract: Contract): Finding[] | undefined;
}

/** Makes a rule on the facts of a scenario. */
export function ruleOn<Facts>(scenario: Scenario<Facts>, rule: About & Checks<Facts>): ScenarioRule {
  const { notOnMock } = scenario;
  return {
    ...(notOnMock === undefined ? {} : { notOnMock }),
    ...rule,
    on: 'scenario',
    scenario,
  } as ScenarioRule;
}

/** Makes a rule on requests that belong to no operation. */
export function serverRule<Facts>(scenario: ServerScenario<Facts>, rule: About & Checks<Facts>): ServerRule {
  const { notOnMock } = scenario;
  return { ...(notOnMock === undefined ? {} : { notOnMock }), ...rule, on: 'server', scenario } as ServerRule;
}
