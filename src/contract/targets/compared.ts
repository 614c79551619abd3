import { isLoopback } from '../../client/url/origin.js';
import { CannotRun } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { RequestCounter, Target, TargetName } from '../model/target.js';
import { safeUrl } from './choose.js';
import { firstToken, oauthUrl, readCredentials } from './credentials.js';
import { readKeys } from './keys.js';

export interface ComparedOptions {
  contract: Contract;
  baseUrl: string;
  /** The target whose variables hold the credentials; undefined for the general ones. */
  name: TargetName | undefined;
  tokenUrl: string | undefined;
  timeout: number;
  /** Counts the requests for tokens. */
  count: RequestCounter;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * One of two servers to compare. On this machine it may be a mock that accepts any token.
 *
 * @throws CannotRun for a server elsewhere without credentials.
 */
export async function comparedTarget({
  contract,
  baseUrl,
  name,
  tokenUrl: givenTokenUrl,
  timeout,
  count,
  environment,
}: ComparedOptions): Promise<Target> {
  const url = safeUrl('--base-url', baseUrl);
  const { accessToken, client } = readCredentials(name ?? 'live', environment);
  const keys = readKeys(name, environment);
  const tokenUrl = givenTokenUrl ?? oauthUrl(contract, 'tokenUrl', url);
  const isLocal = isLoopback(new URL(url));
  const token =
    accessToken ??
    (client && tokenUrl !== undefined
      ? (await firstToken(tokenUrl, client, { timeout, count })).token
      : undefined) ??
    (isLocal ? 'mock-token' : undefined);
  // Where the document asks for keys, or user and password, these may be all that there is.
  if (token === undefined && keys.secrets.length === 0) {
    throw new CannotRun(
      `${url} needs credentials: set EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET. ` +
        'A --target for each server chooses its own variables.',
    );
  }
  return {
    name: name ?? 'live',
    baseUrl: url,
    title: url,
    fixed: () => undefined,
    validates: true,
    prefer: false,
    knowsExamples: isLocal,
    own: isLocal,
    tokens: { token },
    keys,
    stop: async () => {},
  };
}
