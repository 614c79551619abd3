import type { Operation } from '../../document/index.js';

/** A request as it goes over the wire. */
export interface WireRequest {
  /** Upper case. */
  method: string;
  /** Absolute. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer as it came over the wire. */
export interface WireResponse {
  status: number;
  headers: Headers;
  body: string;
  /** The body's bytes are not UTF-8 (RFC 8259, section 8.1, asks for it). */
  malformedText?: true;
}

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
  /** Statuses or ranges (`2XX`) one of which must come. */
  expect: readonly string[];
  /** The rule that speaks when another declared status comes. */
  rule: string;
  /** The parameter or header that is wrong on purpose. */
  breaks?: string;
  /** Parameters whose value is only an example of the document: a server need not know it. */
  guessed: readonly string[];
}

/** A request that was sent, and the answer. */
export interface Sent {
  /** Counted from 1 in the order of sending. */
  number: number;
  /** What was asked, in words. */
  name: string;
  request: WireRequest;
  response: WireResponse;
  /** The body read as JSON; undefined when it isn't. */
  json: { value: unknown } | undefined;
}

/** A probe that was sent, and the answer. */
export interface Exchange extends Sent {
  probe: Probe;
  operation: Operation;
}

/** A probe to which no answer came. */
export interface Silence {
  probe: Probe;
  request: WireRequest;
  /** `connection reset` */
  reason: string;
}

/** What a rule has to say, before the engine adds whose answer it was. */
export interface Finding {
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  expected: string;
  found: string;
  /** Place in the document, as JSON pointer. */
  pointer?: string | undefined;
  /** Allowed drift: reported, but a violation only with `--strict`. */
  note?: true;
  /** The exchange, when the rule looks at several. */
  exchange?: Sent | undefined;
}

/** A rule broken, or allowed drift, by one operation. */
export interface Violation extends Finding {
  rule: string;
  /** Id of the operation; undefined when the finding is of the server as a whole. */
  operation: string | undefined;
}
