import { EvEnergyError } from '../client/errors/base.js';

/** What a server has sent, as JSON. @throws EvEnergyError if it is nested deeper than JSON can be written */
export function jsonOf(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EvEnergyError('The answer is too large, or nested too deep, to be written as JSON');
  }
}
