import { oauth } from '../../../generated/operations.js';
import { environmentVariable } from '../environment.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Fetch } from '../options.js';
import { chooseBaseUrl, type ServerChoice } from '../url/base-url.js';
import { safeUrl } from '../url/origin.js';

/** An OAuth application and the server that it is registered with. */
export interface OAuthApplication extends ServerChoice {
  /** The application's id. Default: the environment variable `EV_ENERGY_CLIENT_ID`. */
  clientId?: string | undefined;
  /**
   * The application's secret, sent with HTTP Basic. Default: the environment variable `EV_ENERGY_CLIENT_SECRET`.
   * Without a secret the application is a public client.
   */
  clientSecret?: string | undefined;
  /** Token endpoint: https, or http on loopback. Default: the document's path for it, on the origin of the base URL. */
  tokenUrl?: string | undefined;
  /**
   * Authorization endpoint: https, or http on loopback. Default: the document's path for it, on the origin of the base
   * URL.
   */
  authorizationUrl?: string | undefined;
  /**
   * Revocation endpoint (RFC 7009): https, or http on loopback.
   * Default: the document's path for it, on the origin of the base URL.
   */
  revocationUrl?: string | undefined;
  /**
   * Sends the requests. It should end a request when its `signal` aborts: otherwise that request may still be under way
   * when the next begins, and a server that sees a refresh token twice may revoke both. Default: the global `fetch`.
   */
  fetch?: Fetch | undefined;
  /** Milliseconds that a request may take, including its body; `Infinity` for no limit. Default: 30,000. */
  timeout?: number | undefined;
}

/**
 * URL of one of the application's endpoints. Credentials only go to an origin that the caller or the document names, so
 * we put the document's path on the origin of the base URL, never the other way round.
 */
export function endpoint(
  application: OAuthApplication,
  name: 'tokenUrl' | 'authorizationUrl' | 'revocationUrl',
): URL {
  const own = application[name];
  if (own !== undefined) return safeUrl(name, own);
  const documented = oauth[name];
  if (documented === undefined) throw new ConfigurationError(`${name}: the document names none; set it`);
  return new URL(new URL(documented).pathname, chooseBaseUrl(application));
}

/**
 * Identifies the application, or one of its users. Token stores use it as key, and quota stores to tell whose requests
 * the API counts together. It holds no secret.
 */
export function accountOf(application: OAuthApplication, user?: string): string {
  const { origin } = endpoint(application, 'tokenUrl');
  const { id } = credentials(application);
  return [origin, id, ...(user === undefined ? [] : [user])].join(' ');
}

/** The application's id and secret; the environment fills in what the options leave out. */
export function credentials({ clientId, clientSecret }: OAuthApplication): {
  id: string;
  secret: string | undefined;
} {
  const id = clientId ?? environmentVariable('EV_ENERGY_CLIENT_ID');
  if (!id) throw new ConfigurationError('clientId: is missing; set it, or EV_ENERGY_CLIENT_ID');
  return { id, secret: clientSecret ?? environmentVariable('EV_ENERGY_CLIENT_SECRET') };
}
