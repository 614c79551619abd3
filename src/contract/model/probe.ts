import type { Operation } from '../../document/index.js';

/** The identity a request is made with. */
export type Credential = 'token' | 'none' | 'wrong' | 'expired' | ScopedCredential;

/** Tokens that each have a single scope, of the target's `otherScopes` in this order. */
export const SCOPED = ['other-scope', 'second-scope'] as const;
export type ScopedCredential = (typeof SCOPED)[number];

/** A request: what it asks, why, and which answers the document promises. */
export interface Probe {
  /** Short name, unique within an operation: `page_size above the maximum`. */
  name: string;
  operation: Operation;
  method: string;
  /** Values of the path parameters, by name. */
  path: Readonly<Record<string, string>>;
  /** Names and values before they are encoded, in the order of sending. */
  query: readonly (readonly [string, string])[];
  headers: Readonly<Record<string, string>>;
  body?: string;
  credential: Credential;
  /** The authentication scheme as it is spelled, if not `Bearer`. */
  scheme?: string;
  /** Expected statuses or ranges (`2XX`); one of them must come. */
  expect: readonly string[];
  /** The rule that is broken if another declared status comes. */
  rule: string;
  /** Statuses or ranges that nobody promises and nobody forbids: an answer with one of them is only a note. */
  noted?: readonly string[];
  /** The parameter or header that is wrong on purpose. */
  breaks?: string;
  /** Parameters whose value is only an example from the document, which the server may not know. */
  guessed: readonly string[];
}

/** What a probe asks for; the rest comes from its operation. */
export interface Ask extends Partial<Omit<Probe, 'operation' | 'name' | 'guessed'>> {
  name: string;
  /** A required parameter to leave out. */
  without?: string;
}
