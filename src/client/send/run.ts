import type { TokenSource } from '../auth/token-source.js';
import type { WatchedCall } from '../observe/watch.js';
import type { ValidateMode } from '../options.js';
import type { QuotaCounter } from '../quota/quota.js';
import type { HeaderFields } from '../request/headers.js';
import type { Call } from './core.js';

/** A call under way, and what its present attempt is sent with. */
export interface Run {
  readonly call: Call;
  readonly url: string;
  readonly body: BodyInit | undefined;
  readonly tokens: TokenSource | undefined;
  readonly watched: WatchedCall | undefined;
  /** Milliseconds that an attempt may take; `Infinity` for no limit. */
  readonly timeout: number;
  readonly validating: ValidateMode;
  /** Attempts that failed, but for those that a new token was tried after. */
  failures: number;
  /** The token that the next attempt is made with, in place of a rejected one. */
  renewed: string | undefined;
  token: string | undefined;
  sent: HeaderFields;
  /** Where the attempt is counted. */
  counter: QuotaCounter;
  /** What the counter needs to settle the attempt. */
  ticket: number | undefined;
}
