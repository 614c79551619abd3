import { LOCAL_MOCK } from '../environment.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ConnectionError } from '../errors/connection-error.js';
import type { Layer } from './request.js';

/** What the runtimes say where nobody listens. */
const REFUSED = /refused|unable to connect/i;

/** Says at once that no mock runs, where the client was told to call it: no wait starts one. */
export function expectMock(): Layer {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (!(error instanceof ConnectionError && REFUSED.test(error.message))) throw error;
      throw new ConfigurationError(
        `environment: no mock answers at ${LOCAL_MOCK}; start one with: npx ev-energy mock`,
      );
    }
  };
}
