import { servers } from '../../generated/operations.js';
import { type EnvironmentName, environmentUrl, environmentVariable } from '../environment.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { baseUrl } from './origin.js';

/** Which server to call. */
export interface ServerChoice {
  /** A server by name: `'mock'` is the local mock on port 4010. Default: `'live'`. */
  environment?: EnvironmentName | undefined;
  /** Base URL in place of an environment's: https, or loopback. Default: `EV_ENERGY_BASE_URL`. */
  baseUrl?: string | undefined;
}

/** The base URL that is chosen, without a slash at the end. */
export function chooseBaseUrl({ baseUrl: own, environment }: ServerChoice): string {
  if (own !== undefined && environment !== undefined)
    throw new ConfigurationError('environment and baseUrl: give one of them, not both');
  if (own !== undefined) return baseUrl('baseUrl', own);
  if (environment !== undefined) return environmentUrl(environment, servers);
  const variable = environmentVariable('EV_ENERGY_BASE_URL');
  return variable === undefined ? environmentUrl('live', servers) : baseUrl('EV_ENERGY_BASE_URL', variable);
}
