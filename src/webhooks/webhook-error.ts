import { EvEnergyError } from '../client/errors/base.js';

/**
 * Why a webhook was refused:
 *
 * - `wrong-secret`: the secret has another form than `whsec_` and base64; the message wasn't looked at.
 * - `unreadable-body`: the body isn't text or bytes in UTF-8, so that no signature can be made over it.
 * - `missing-header`: a header that the signature needs is not there.
 * - `invalid-header`: the time stamp is no number of seconds.
 * - `stale`: it was signed more than five minutes ago, or in the future. Who repeats an old message gets no further.
 * - `wrong-signature`: none of the signatures was made with this secret over this body.
 * - `no-json`: signed, and yet no JSON.
 * - `no-event`: signed JSON that has no `type`.
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

/** A webhook that must not be believed. Answer it with a 4xx status, and don't act on it. */
export class WebhookError extends EvEnergyError {
  static {
    WebhookError.prototype.name = 'WebhookError';
  }

  readonly reason: WebhookErrorReason;

  constructor(reason: WebhookErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
