import { LOCAL_MOCK } from '../environment.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ConnectionError } from '../errors/connection-error.js';
import type { Layer } from './request.js';

/** How the runtimes word a refused connection. */
const REFUSED = /refused|unable to connect/i;

/** If the client is set to call the mock and none is running, fails at once: retrying wouldn't start one. */
export function expectMock(): Layer {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (!(error instanceof ConnectionError && REFUSED.test(error.message))) throw error;
      throw new ConfigurationError(
        `environment: no mock answers at ${LOCAL_MOCK}; start one with: npx --no -- ev-energy mock`,
      );
    }
  };
}
