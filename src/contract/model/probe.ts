import type { Operation } from '../../document/index.js';

/** Whose name a request is made in. */
export type Credential = 'token' | 'none' | 'wrong' | 'expired' | ScopedCredential;

/** Tokens that each have a single scope, of the target's `otherScopes` in this order. */
export const SCOPED = ['other-scope', 'second-scope'] as const;
export type ScopedCredential = (typeof SCOPED)[number];

/** One request: what it asks, why, and which answer the document promises. */
export interface Probe {
  /** Short name, unique within an operation: `page_size above the maximum`. */
  name: string;
  operation: Operation;
  method: string;
  /** Values of the path parameters, by name. */
  path: Readonly<Record<string, string>>;
  query: readonly (readonly [string, string])[];
  headers: Readonly<Record<string, string>>;
  body?: string;
  credential: Credential;
  /** Statuses or ranges (`2XX`), one of which must come. */
  expect: readonly string[];
  /** The rule that is broken when another declared status comes. */
  rule: string;
  /** Nobody promises that it is refused: a success is a note. */
  unpromised?: true;
  /** The parameter or header that is wrong on purpose. */
  breaks?: string;
  /** Parameters whose value is only an example of the document: a server need not know it. */
  guessed: readonly string[];
}

/** What a probe asks for; the rest follows from its operation. */
export interface Ask extends Partial<Omit<Probe, 'operation' | 'name' | 'guessed'>> {
  name: string;
  /** A required parameter to leave out. */
  without?: string;
}
