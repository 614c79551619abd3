import type { Operation } from '../document/index.js';
import type { Contract } from './contract.js';
import type { Exchange, Finding, Probe } from './model.js';
import type { Session } from './session.js';

/** Columns of the table: what a rule is about. */
export const GROUPS = [
  'status',
  'body',
  'headers',
  'errors',
  'refusals',
  'pages',
  'filters',
  'expand',
  'agree',
] as const;
export type Group = (typeof GROUPS)[number];

/** What every rule says of itself, for `--list-rules`, `--explain` and the reports. */
interface About {
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

/** Looks at each single answer. */
export interface AnswerRule extends About {
  on: 'answer';
  check(exchange: Exchange, contract: Contract): Finding[];
}

/** Sends requests of its own and names the answers that are allowed. */
export interface ProbeRule extends About {
  on: 'probe';
  /** Lower is sent earlier: what a short budget leaves out comes last. */
  priority: number;
  probes(operation: Operation, session: Session): Probe[] | Promise<Probe[]>;
}

export type Rule = { id: string } & (AnswerRule | ProbeRule);
