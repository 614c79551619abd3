import { servers } from '../../../generated/operations.js';
import { type EnvironmentName, environmentUrl, environmentVariable } from '../environment.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { baseUrl } from './origin.js';

/** Which server to call. */
export interface ServerChoice {
  /**
   * A server by name; `'mock'` is the local mock on port 4010. Can't be combined with `baseUrl`.
   * Default: the environment variable `EV_ENERGY_BASE_URL`, and without that `'live'`.
   */
  environment?: EnvironmentName | undefined;
  /**
   * Base URL to use instead of an environment's: https, or http on loopback. Can't be combined with `environment`.
   * Default: the environment variable `EV_ENERGY_BASE_URL`, and without that the URL of `'live'`.
   */
  baseUrl?: string | undefined;
}

/** The chosen base URL, without a slash at the end. */
export function chooseBaseUrl({ baseUrl: own, environment }: ServerChoice): string {
  if (own !== undefined && environment !== undefined)
    throw new ConfigurationError('environment and baseUrl: give only one of them');
  if (own !== undefined) return baseUrl('baseUrl', own);
  if (environment !== undefined) return environmentUrl(environment, servers);
  const variable = environmentVariable('EV_ENERGY_BASE_URL');
  return variable === undefined ? environmentUrl('live', servers) : baseUrl('EV_ENERGY_BASE_URL', variable);
}
