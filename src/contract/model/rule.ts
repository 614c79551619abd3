import type { Operation } from '../../document/index.js';
import type { Contract } from './contract.js';
import type { Exchange, Silence } from './exchange.js';
import type { Probe } from './probe.js';
import type { ProbeMaker, ServerSession, Session } from './session.js';
import type { Server, Target } from './target.js';
import type { Finding } from './violation.js';

/** Columns of the table: what a rule is about. */
export const GROUPS = ['answers', 'headers', 'errors', 'pages', 'queries', 'agree'] as const;
export type Group = (typeof GROUPS)[number];

type Awaitable<T> = T | Promise<T>;

/** What every rule says of itself, for `--list-rules`, `--explain` and the reports. */
export interface About {
  /** The name of its file. */
  id: string;
  group: Group;
  /** One line: what holds when the rule is kept. */
  title: string;
  /** What it looks at, why it matters, what to do when it speaks. */
  explain: string;
  /** Where it is laid down: a section of the document, an RFC. */
  source: string;
  /** Why it says nothing about a mock that answers with fixed examples; absent where it does. */
  notOnMock?: string;
}

/** Looks at each single answer; gives undefined where there is nothing for it to look at. */
export interface AnswerRule extends About {
  on: 'answer';
  check(exchange: Exchange, contract: Contract): Finding[] | undefined;
}

/**
 * Sends requests of its own and names the answers that are allowed.
 * `probes` throws NotApplicable or NotCovered where there is nothing to send.
 */
export interface ProbeRule extends About {
  on: 'probe';
  /** Lower is sent earlier: what a short budget leaves out comes last. */
  priority: number;
  probes(operation: Operation, session: ProbeMaker): Awaitable<Probe[]>;
}

/** Several requests that belong together, and what they came to. */
export interface Scenario<Facts> {
  name: string;
  priority: number;
  /** About how many requests it takes that no other step sends. */
  requests(operation: Operation, server: Server): number;
  /** It asks the same again by itself before its rules say anything. */
  confirmed?: true;
  /** Why a mock that answers with fixed examples isn't asked. */
  notOnMock?: string;
  /** @throws NotApplicable or NotCovered where it can't be played. */
  play(operation: Operation, session: Session): Promise<Facts>;
}

/** Looks at the facts of a scenario; gives undefined where they hold nothing for it to look at. */
export interface ScenarioRule extends About {
  on: 'scenario';
  scenario: Scenario<unknown>;
  check(facts: unknown, contract: Contract): Finding[] | undefined;
}

/** Requests that aren't made for an operation: to the token endpoint, or to use the rate limit up. */
export interface ServerScenario<Facts> {
  name: string;
  priority: number;
  /** About how many requests it takes. */
  requests(target: Target): number;
  notOnMock?: string;
  play(session: ServerSession): Promise<Facts>;
}

export interface ServerRule extends About {
  on: 'server';
  scenario: ServerScenario<unknown>;
  check(facts: unknown, contract: Contract): Finding[] | undefined;
}

/** Looks at all answers of one operation, in the order in which they came. */
export interface SequenceRule extends About {
  on: 'sequence';
  check(exchanges: readonly Exchange[], contract: Contract): Finding[] | undefined;
}

/** Looks at requests to which no answer came. */
export interface SilenceRule extends About {
  on: 'silence';
  check(silence: Silence, contract: Contract): Finding[];
}

export type Rule = AnswerRule | ProbeRule | ScenarioRule | ServerRule | SequenceRule | SilenceRule;

interface Checks<Facts> {
  check(facts: Facts, contract: Contract): Finding[] | undefined;
}

/** A rule on the facts of a scenario. */
export function ruleOn<Facts>(scenario: Scenario<Facts>, rule: About & Checks<Facts>): ScenarioRule {
  const { notOnMock } = scenario;
  return {
    ...(notOnMock === undefined ? {} : { notOnMock }),
    ...rule,
    on: 'scenario',
    scenario,
  } as ScenarioRule;
}

/** A rule on requests that aren't made for an operation. */
export function serverRule<Facts>(scenario: ServerScenario<Facts>, rule: About & Checks<Facts>): ServerRule {
  const { notOnMock } = scenario;
  return { ...(notOnMock === undefined ? {} : { notOnMock }), ...rule, on: 'server', scenario } as ServerRule;
}
