import { apiVersion } from '../../generated/operations.js';
import { USER_HEADER, VERSION_HEADER } from '../text/conventions.js';
import { clientCredentials } from './auth/client-credentials.js';
import { FunctionToken } from './auth/function-token.js';
import type { TokenSource } from './auth/token-source.js';
import { oneOf } from './check-options.js';
import { environmentVariable } from './environment.js';
import { ConfigurationError } from './errors/configuration-error.js';
import { LOG_LEVELS, type LogLevel } from './observe/logger.js';
import type { EvEnergyOptions } from './options.js';
import { VERSION } from './version.js';
import { addHeaders } from './wire/headers.js';

/** Headers that every request starts with. */
export function defaultHeaders(options: EvEnergyOptions): Record<string, string> {
  const headers: Record<string, string | null> = {};
  addHeaders(headers, {
    accept: 'application/json, application/problem+json',
    [VERSION_HEADER]: options.apiVersion ?? apiVersion,
    // In a browser we leave it alone: setting our own would cost a CORS preflight.
    'user-agent': 'document' in globalThis ? undefined : userAgent(options),
    [USER_HEADER]: options.user,
  });
  addHeaders(headers, options.headers);
  return Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => header[1] !== null),
  );
}

function userAgent({ appInfo }: EvEnergyOptions): string {
  const own = `ev-energy-client/${VERSION}`;
  if (!appInfo) return own;
  const { name, version, url } = appInfo;
  return `${own} ${name}${version ? `/${version}` : ''}${url ? ` (${url})` : ''}`;
}

/** The least severe level that the client logs: from the option, else from `EV_ENERGY_LOG`, else `warn`. */
export function chooseLogLevel({ logLevel }: EvEnergyOptions): LogLevel {
  const variable = environmentVariable('EV_ENERGY_LOG');
  if (logLevel !== undefined || variable === undefined) return logLevel ?? 'warn';
  oneOf(...LOG_LEVELS)('EV_ENERGY_LOG', variable);
  return variable as LogLevel;
}

/** Picks the source of the client's tokens; undefined if nothing supplies one. */
export function chooseTokens(options: EvEnergyOptions, baseUrl: string): TokenSource | undefined {
  const { auth, accessToken, clientId, clientSecret, tokenStore: store } = options;
  const given = [
    auth !== undefined && 'auth',
    accessToken != null && 'accessToken',
    (clientId != null || clientSecret != null) && 'clientId and clientSecret',
  ].filter(Boolean);
  if (given.length > 1) throw new ConfigurationError(`${given.join(', ')}: give only one of them`);
  if (store && (auth !== undefined || accessToken != null))
    throw new ConfigurationError(
      'tokenStore: is for clientId and clientSecret; give a store of refresh tokens to refreshToken()',
    );
  if (auth !== undefined) return auth ?? undefined;
  if (typeof accessToken === 'function') return new FunctionToken(accessToken, options.timeout);
  if (accessToken != null) return fixed(checkedToken('accessToken', accessToken));
  if (given.length === 0) {
    // The mock accepts any token, so we don't send it real credentials.
    if (options.environment === 'mock') return fixed('mock');
    const token = environmentVariable('EV_ENERGY_ACCESS_TOKEN');
    if (token !== undefined) return fixed(checkedToken('EV_ENERGY_ACCESS_TOKEN', token));
    if (!environmentVariable('EV_ENERGY_CLIENT_ID') || !environmentVariable('EV_ENERGY_CLIENT_SECRET'))
      return undefined;
  }
  const { scope, tokenUrl, fetch, timeout } = options;
  return clientCredentials({ clientId, clientSecret, scope, tokenUrl, baseUrl, fetch, timeout, store });
}

/** A token that can't be renewed, so a 401 is final. */
function fixed(token: string): TokenSource {
  return { token: () => token };
}

/** Accepts every visible ASCII character, more than RFC 6750, 2.1 does. The error never shows the token. */
function checkedToken(option: string, token: string): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new ConfigurationError(
    `${option}: must be text without spaces, line breaks or non-ASCII characters, and not empty`,
  );
}
