import { ConfigurationError } from '../client/errors/configuration-error.js';

/**
 * Loads packages that only some exports need, which are installed by those who need them.
 *
 * @param what the feature that needs them
 * @param names for `npm install`
 * @throws ConfigurationError if one isn't installed; the message has the command that installs them
 */
export async function withPackages<T>(what: string, names: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test(String((error as { code?: unknown }).code))) throw error;
    throw new ConfigurationError(`${what} needs packages that aren't installed: npm install ${names}`);
  }
}
