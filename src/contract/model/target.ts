import type { Operation } from '../../document/index.js';
import type { Fetch } from '../../testing/index.js';
import type { Credential } from './probe.js';

export const TARGETS = ['mock', 'fake', 'hosted-mock', 'staging', 'live'] as const;
export type TargetName = (typeof TARGETS)[number];

/** What a server can do, as far as rules and scenarios have to know. */
export interface Server {
  name: TargetName | 'recorded';
  /** Without a slash at the end. */
  baseUrl: string;
  /** What it answers with, in words, where that is fixed examples and it keeps no state. */
  fixed(operation: Operation): string | undefined;
  /** Refuses requests that the document doesn't allow. */
  validates: boolean;
  /** Chooses its example by the `Prefer` header, as Prism does. */
  prefer: boolean;
  /** Knows the ids of the document's examples. */
  knowsExamples: boolean;
  /** May be written to, and asked as often as one likes. */
  own: boolean;
  /** The tokens that there are, by credential. */
  tokens: Readonly<Partial<Record<Credential, string | undefined>>>;
  /** Where to ask for tokens, and as whom; absent where that isn't known. */
  oauth?: { tokenUrl: string; clientId: string; clientSecret: string };
  /** The scopes of the tokens `other-scope` and `second-scope`: an operation that needs the one lacks the other. */
  otherScopes?: readonly string[];
  /** Scopes that the token has, where that is known. */
  scopes?: readonly string[];
}

/** A server to check. */
export interface Target extends Server {
  /** How reports call it: `Prism 5.14.2`. */
  title: string;
  /** Why an operation can't be asked for at all; undefined where it can. */
  lacks?(operation: Operation): string | undefined;
  /** Reaches a server that has no socket; absent where the network leads there. */
  fetch?: Fetch;
  /** Ends what was started for the run. */
  stop(): Promise<void>;
}
