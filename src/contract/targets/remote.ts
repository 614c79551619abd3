import { isLoopback } from '../../client/url/origin.js';
import type { Operation } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Chosen, Keys, RequestCounter, Target } from '../model/target.js';
import { haveKeysFor, lackOfKeys } from '../probe/keys.js';
import { type Credentials, firstToken, oauthUrl, prefixOf, requestToken } from './credentials.js';
import { leastNeededScopes } from './scopes.js';

export interface RemoteOptions {
  contract: Contract;
  name: Chosen;
  baseUrl: string;
  tokenUrl: string | undefined;
  credentials: Credentials;
  keys: Keys;
  /** Milliseconds to wait for the token endpoint. */
  timeout: number;
  /** Counts the requests for tokens. */
  count: RequestCounter;
}

/**
 * A running server with state.
 *
 * @throws CannotRun for a named target without credentials, or if the token endpoint refuses them.
 */
export async function remoteTarget(options: RemoteOptions): Promise<Target> {
  const { contract, name, baseUrl, credentials, keys, timeout, count } = options;
  const { accessToken, client, expiredToken } = credentials;
  const oauth = oauthOf(options);
  const anonymous = accessToken === undefined && !oauth;
  // If a server only has an address, checking just its public operations is fine.
  if (anonymous && !areEnough(keys, contract) && (name !== 'server' || client)) {
    throw new CannotRun(missing(name, client !== undefined));
  }
  const granted =
    accessToken === undefined && oauth
      ? await firstToken(oauth.tokenUrl, clientOf(oauth), { timeout, count })
      : { token: accessToken, scopes: undefined };
  const [first, second] = await scopedTokens(options, oauth, count);
  const tokens = {
    token: granted.token,
    wrong: 'this-token-was-never-issued',
    expired: expiredToken,
    'other-scope': first,
    'second-scope': second,
  };
  return {
    name,
    baseUrl,
    title: baseUrl,
    fixed: () => undefined,
    validates: true,
    prefer: false,
    knowsExamples: name === 'fake',
    own: name === 'fake' && isLoopback(new URL(baseUrl)),
    tokens,
    keys,
    ...(oauth ? { oauth } : {}),
    otherScopes: leastNeededScopes(contract),
    ...(granted.scopes ? { scopes: granted.scopes } : {}),
    lacks: (operation: Operation) => lackOfKeys(contract, operation, { keys, tokens }),
    ...(oauth && accessToken === undefined ? renewing(tokens, oauth, options) : {}),
    stop: async () => {},
  };
}

type OAuth = Target['oauth'] & {};

/** Where tokens come from, and for which client; undefined without a client, or where no endpoint is known. */
function oauthOf({
  contract,
  baseUrl,
  credentials: { client },
  ...options
}: RemoteOptions): OAuth | undefined {
  const tokenUrl = options.tokenUrl ?? oauthUrl(contract, 'tokenUrl', baseUrl);
  if (!client || tokenUrl === undefined) return undefined;
  const revocationUrl = oauthUrl(contract, 'revocationUrl', baseUrl);
  return { tokenUrl, clientId: client.id, clientSecret: client.secret, revocationUrl };
}

function clientOf({ clientId: id, clientSecret: secret }: OAuth): { id: string; secret: string } {
  return { id, secret };
}

/** Replaces the tokens of a target by new ones, and keeps in mind those that they replace: they are secret too. */
function renewing(
  tokens: Record<'token' | 'other-scope' | 'second-scope', string | undefined>,
  oauth: OAuth,
  options: RemoteOptions,
): Required<Pick<Target, 'renew' | 'retired'>> {
  const retired: string[] = [];
  return {
    retired,
    async renew(count) {
      const { token, 'other-scope': lesser, 'second-scope': least } = tokens;
      retired.push(...[token, lesser, least].filter((ended) => ended !== undefined));
      const { timeout } = options;
      tokens.token = (await requestToken(oauth.tokenUrl, clientOf(oauth), { timeout, count })).token;
      // They were requested together, so they expire together.
      const [one, other] = await scopedTokens(options, oauth, count);
      tokens['other-scope'] = one;
      tokens['second-scope'] = other;
    },
  };
}

/** A token for each of the scopes that the fewest operations need, if there is one. */
async function scopedTokens(
  { contract, timeout }: RemoteOptions,
  oauth: OAuth | undefined,
  count: RequestCounter,
): Promise<(string | undefined)[]> {
  if (!oauth) return [];
  const tokens: (string | undefined)[] = [];
  for (const scope of leastNeededScopes(contract)) {
    const asked = requestToken(oauth.tokenUrl, clientOf(oauth), { scope, timeout, count });
    const other = await asked.catch(() => undefined);
    // A server that ignores the requested scope returns a token that lacks nothing.
    tokens.push(other?.scopes?.join() === scope ? other.token : undefined);
  }
  return tokens;
}

/** Whether these keys are enough to call any operation. */
function areEnough(keys: Keys, contract: Contract): boolean {
  return contract.operations.some((operation) => haveKeysFor(contract, operation, { keys, tokens: {} }));
}

function missing(name: Chosen, hasClient: boolean): string {
  if (hasClient)
    return 'The document names no token endpoint: give it with --token-url, or set an access token.';
  return (
    `The target ${name} needs credentials: set EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or ` +
    `EV_ENERGY_ACCESS_TOKEN (${prefixOf(name)}… wins for this target); for API keys EV_ENERGY_API_KEY, for user and ` +
    'password EV_ENERGY_USERNAME and EV_ENERGY_PASSWORD.'
  );
}
