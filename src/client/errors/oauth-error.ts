import { EvEnergyError } from './base.js';

/**
 * An OAuth endpoint refused, failed or was too slow, or the callback of a sign-in has no code that can be exchanged.
 * Where no answer came, `cause` is a copy of the transport's error, as a `ConnectionError` has it.
 */
export class OAuthError extends EvEnergyError {
  /** The OAuth error code, such as `invalid_client` (RFC 6749, 5.2), if the answer has one. */
  readonly code: string | undefined;
  /** The endpoint's own explanation, if the answer has one. */
  readonly description: string | undefined;
  /** HTTP status of the endpoint's answer, if one came. */
  readonly status: number | undefined;

  static {
    OAuthError.prototype.name = 'OAuthError';
  }

  constructor(
    message: string,
    details: {
      code?: string | undefined;
      description?: string | undefined;
      status?: number | undefined;
      cause?: Error;
    } = {},
  ) {
    super(message, details);
    this.code = details.code;
    this.description = details.description;
    this.status = details.status;
  }
}
