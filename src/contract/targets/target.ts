import type { Credential } from '../model.js';

/** A server and what it can do. */
export interface Target {
  name: TargetName;
  /** Without a slash at the end. */
  baseUrl: string;
  /** How reports call it: `mock (Prism 5.14.2)`. */
  title: string;
  /** Answers with fixed examples and keeps no state. */
  static: boolean;
  /** Chooses its example by the `Prefer` header, as Prism does. */
  prefer: boolean;
  /** The token for a credential; undefined where there is none to send. */
  token(credential: Credential): string | undefined;
  /** Ends what `start` started. */
  stop(): Promise<void>;
}

export const TARGETS = ['mock', 'fake', 'hosted-mock', 'staging', 'live'] as const;
export type TargetName = (typeof TARGETS)[number];
