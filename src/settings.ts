import { apiVersion, servers } from '../generated/operations.js';
import { FixedToken } from './auth/fixed.js';
import type { TokenSource } from './auth/token-source.js';
import { USER_HEADER, VERSION_HEADER } from './conventions.js';
import { environmentUrl, environmentVariable } from './environment.js';
import { mergeHeaders } from './headers.js';
import type { EvEnergyOptions } from './options.js';
import { baseUrl } from './url/origin.js';
import { VERSION } from './version.js';

/** The base URL that the options choose. */
export function chooseBaseUrl({ baseUrl: own, environment }: EvEnergyOptions): string {
  if (own !== undefined) return baseUrl('baseUrl', own);
  if (environment !== undefined) return environmentUrl(environment, servers);
  const variable = environmentVariable('EV_ENERGY_BASE_URL');
  return variable === undefined ? environmentUrl('live', servers) : baseUrl('EV_ENERGY_BASE_URL', variable);
}

/** Headers of every request. */
export function defaultHeaders(options: EvEnergyOptions): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    [VERSION_HEADER]: options.apiVersion ?? apiVersion,
  };
  // A browser sends its own, and asks the server first (CORS) about a page that sets another.
  if (!('document' in globalThis)) headers['user-agent'] = userAgent(options);
  if (options.user !== undefined) headers[USER_HEADER] = options.user;
  return mergeHeaders(headers, options.headers);
}

function userAgent({ appInfo }: EvEnergyOptions): string {
  const own = `ev-energy-client/${VERSION}`;
  if (!appInfo) return own;
  const { name, version, url } = appInfo;
  return `${own} ${name}${version ? `/${version}` : ''}${url ? ` (${url})` : ''}`;
}

/** Where the client gets its tokens from; undefined where it has none. */
export function chooseTokens(options: EvEnergyOptions): TokenSource | undefined {
  if (options.auth !== undefined) return options.auth ?? undefined;
  const token = options.accessToken ?? environmentVariable('EV_ENERGY_ACCESS_TOKEN');
  return typeof token === 'string' ? new FixedToken(token) : undefined;
}
