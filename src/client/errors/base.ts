import { inert } from '../../text/words.js';

/** Base class of all this client's errors: `catch (e) { if (e instanceof EvEnergyError) … }`. */
export class EvEnergyError extends Error {
  static {
    // Set on the prototype, so that it is in the stack's first line and a minifier can't change it.
    EvEnergyError.prototype.name = 'EvEnergyError';
  }

  constructor(message: string, options?: ErrorOptions) {
    // Made safe to print, since a message may quote the server or the caller.
    super(inert(message), options);
  }
}
