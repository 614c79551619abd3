import type { Operation } from '../../document/index.js';
import type { Fetch } from '../../testing/index.js';
import type { Contract } from './contract.js';
import type { Credential } from './probe.js';
import type { Violation } from './violation.js';

export const TARGETS = ['mock', 'fake', 'hosted-mock', 'staging', 'live'] as const;
export type TargetName = (typeof TARGETS)[number];
/** A target by its name, or a server of which we only know the address. */
export type Chosen = TargetName | 'server';

/** What rules and scenarios need to know of a server's abilities. */
export interface Server {
  name: Chosen | 'recorded';
  /** Without a slash at the end. */
  baseUrl: string;
  /** What it answers with, in words, if it answers with fixed examples and keeps no state. */
  fixed(operation: Operation): string | undefined;
  /** Refuses requests that the document doesn't allow. */
  validates: boolean;
  /** Chooses its example by the `Prefer` header, as Prism does. */
  prefer: boolean;
  /** Knows the ids of the document's examples. */
  knowsExamples: boolean;
  /** The id of an existing item of a collection, below the items that `ids` name; absent if nobody knows. */
  idIn?(collection: string, ids: readonly string[]): string | undefined;
  /** May be written to, and sent any number of requests. */
  own: boolean;
  /** The available tokens, by credential. */
  tokens: Readonly<Partial<Record<Credential, string | undefined>>>;
  /** Credentials other than tokens; absent if none are known. */
  keys?: Keys;
  /** Where to get tokens, and for which client; absent if unknown. */
  oauth?: {
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    /** Where to revoke tokens, if the document says. */
    revocationUrl?: string | undefined;
  };
  /** The scopes of the tokens `other-scope` and `second-scope`: an operation that needs one of them lacks the other. */
  otherScopes?: readonly string[];
  /** Scopes of the token, if known. */
  scopes?: readonly string[];
}

/** Credentials of operations that don't use a token. */
export interface Keys {
  /** The API key of a scheme, by its name in the document. */
  key(scheme: string): string | undefined;
  basic: { user: string; password: string } | undefined;
  /** The parts that no report may show. */
  secrets: readonly string[];
}

/** The clock at the server. */
export interface Clock {
  /** Milliseconds since an arbitrary time. */
  now(): number;
  /** Resolves when so much time has passed there. */
  wait(milliseconds: number): Promise<void>;
}

/** Counts requests before they are sent. */
export interface RequestCounter {
  /** @throws CutShort if no further request may be sent. */
  take(): void;
}

/** A server to check. */
export interface Target extends Server {
  /** Its name in reports: `Prism 5.14.2`. */
  title: string;
  /** Why an operation can't be called at all; undefined if it can. */
  lacks?(operation: Operation): string | undefined;
  /** If a finding only shows what a mock can't do: that limit, in words. Undefined for a real finding. */
  limit?(finding: Violation, contract: Contract): string | undefined;
  /** Reaches a server without socket; absent for one on the network. */
  fetch?: Fetch;
  /** Default: the real clock; a server in process without its own clock needs no waiting. */
  clock?: Clock;
  /** Replaces an expired token by a new one; absent if none can be requested. */
  renew?(count: RequestCounter): Promise<void>;
  /** Tokens that were valid earlier in the run. */
  retired?: readonly string[];
  /** Stops what was started for the run. */
  stop(): Promise<void>;
}
