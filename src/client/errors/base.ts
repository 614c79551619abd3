import { inert } from '../exit/inert.js';

/** What every error of this client extends: `catch (e) { if (e instanceof EvEnergyError) … }`. */
export class EvEnergyError extends Error {
  static {
    // On the prototype, so that the stack's first line has it and a minifier can't change it.
    EvEnergyError.prototype.name = 'EvEnergyError';
  }

  constructor(message: string, options?: ErrorOptions) {
    // Whatever a message quotes, a server's words or a caller's: it is printed.
    super(inert(message), options);
  }
}
