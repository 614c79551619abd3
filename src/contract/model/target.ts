import type { Operation } from '../../document/index.js';
import type { Fetch } from '../../testing/index.js';
import type { Contract } from './contract.js';
import type { Credential } from './probe.js';
import type { Violation } from './violation.js';

export const TARGETS = ['mock', 'fake', 'hosted-mock', 'staging', 'live'] as const;
export type TargetName = (typeof TARGETS)[number];
/** A target by its name, or a server of which only the address is known. */
export type Chosen = TargetName | 'server';

/** What a server can do, as far as rules and scenarios have to know. */
export interface Server {
  name: Chosen | 'recorded';
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
  /** The id of an item that exists in a collection, below the items that `ids` name; absent where nobody knows. */
  idIn?(collection: string, ids: readonly string[]): string | undefined;
  /** May be written to, and asked as often as one likes. */
  own: boolean;
  /** The tokens that there are, by credential. */
  tokens: Readonly<Partial<Record<Credential, string | undefined>>>;
  /** What there is beside tokens; absent where nothing else is known. */
  keys?: Keys;
  /** Where to ask for tokens, and as whom; absent where that isn't known. */
  oauth?: {
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    /** Where tokens are taken back, as far as the document says. */
    revocationUrl?: string | undefined;
  };
  /** The scopes of the tokens `other-scope` and `second-scope`: an operation that needs the one lacks the other. */
  otherScopes?: readonly string[];
  /** Scopes that the token has, where that is known. */
  scopes?: readonly string[];
}

/** What proves who asks where a token doesn't. */
export interface Keys {
  /** The API key of a scheme, by its name in the document. */
  key(scheme: string): string | undefined;
  basic: { user: string; password: string } | undefined;
  /** What of it no report may show. */
  secrets: readonly string[];
}

/** How time passes where a server is. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

/** Counts requests before they are sent. */
export interface RequestCounter {
  /** @throws CutShort when no further request may be sent. */
  take(): void;
}

/** A server to check. */
export interface Target extends Server {
  /** How reports call it: `Prism 5.14.2`. */
  title: string;
  /** Why an operation can't be asked for at all; undefined where it can. */
  lacks?(operation: Operation): string | undefined;
  /** What a mock can't do, in words, where a finding says no more than that; undefined where it stands. */
  limit?(finding: Violation, contract: Contract): string | undefined;
  /** Reaches a server that has no socket; absent where the network leads there. */
  fetch?: Fetch;
  /** Default: the real one; a server in process without a clock has no need to be waited for. */
  clock?: Clock;
  /** Puts a new token in the place of one that has ended; absent where no new one can be asked for. */
  renew?(count: RequestCounter): Promise<void>;
  /** Tokens that were good earlier in the run. */
  retired?: readonly string[];
  /** Ends what was started for the run. */
  stop(): Promise<void>;
}
