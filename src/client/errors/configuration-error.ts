import { EvEnergyError } from './base.js';

/** An option or argument can't be used. Thrown before any request; the message names the field and the fix. */
export class ConfigurationError extends EvEnergyError {
  static {
    ConfigurationError.prototype.name = 'ConfigurationError';
  }
}
