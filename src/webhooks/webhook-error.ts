import { EvEnergyError } from '../client/errors/base.js';

/**
 * Why a webhook was refused:
 *
 * - `wrong-secret`: the secret isn't `whsec_` and base64; the message wasn't checked.
 * - `unreadable-body`: the body isn't text or bytes in UTF-8, so no signature can be computed over it.
 * - `missing-header`: a header that the signature needs is missing.
 * - `invalid-header`: the time stamp isn't a number of seconds.
 * - `stale`: it was signed more than five minutes ago, or as far in the future. This stops replays of old messages.
 * - `wrong-signature`: none of the signatures was made with this secret over this body.
 * - `no-json`: correctly signed, but not JSON.
 * - `no-event`: correctly signed JSON without a `type`.
 */
export type WebhookErrorReason =
  | 'wrong-secret'
  | 'unreadable-body'
  | 'missing-header'
  | 'invalid-header'
  | 'stale'
  | 'wrong-signature'
  | 'no-json'
  | 'no-event';

/** A webhook that must not be trusted. Answer it with a 4xx status, and don't act on it. */
export class WebhookError extends EvEnergyError {
  static {
    WebhookError.prototype.name = 'WebhookError';
  }

  /** Why the message must not be trusted. */
  readonly reason: WebhookErrorReason;

  constructor(reason: WebhookErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
