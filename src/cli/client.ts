import { createHash } from 'node:crypto';
import { EvEnergy } from '../client/ev-energy.js';
import type { EvEnergyOptions } from '../client/options.js';
import { withPackages } from '../export/packages.js';
import type { RedisStores } from '../redis/index.js';
import { CommandError } from './exit.js';
import type { Io } from './io.js';
import { loginCredentials } from './login/credentials.js';

const SIGN_IN =
  'This needs a token. Run ev-energy login, or set EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or EV_ENERGY_ACCESS_TOKEN.';

interface Choice extends EvEnergyOptions {
  /** URL of the Redis in which the quota, and tokens, are shared with others. */
  readonly redis?: string | undefined;
  /** Requests of the hour to leave to others. */
  readonly reserve?: number | undefined;
}

export interface CommandClient {
  readonly ev: EvEnergy;
  /** Says how to sign in, if the operation needs a token and there are no credentials. @throws CommandError */
  checkSignedIn(operation: { readonly public?: boolean | undefined }): void;
  close(): Promise<void>;
}

/**
 * Makes the client that a command uses, with the credentials in the environment or else those of the login. `close`
 * ends its connection to Redis.
 */
export async function clientFor(io: Io, { redis, reserve, ...more }: Choice = {}): Promise<CommandClient> {
  const stores = redis === undefined ? undefined : await storesOn(redis);
  const quota = { reserve, ...(stores ? { store: stores.quota } : {}) };
  const credentials = more.accessToken
    ? { baseUrl: (await credentialsOf(io)).baseUrl }
    : await credentialsOf(io, stores);
  const { accessToken } = credentials;
  const ev = new EvEnergy({
    logger: loggerOn(io),
    ...credentials,
    quota: {
      ...quota,
      // Commands with the same token share its requests.
      ...(typeof accessToken === 'string' ? { account: digest(accessToken) } : {}),
    },
    ...more,
  });
  const isSignedIn = Object.keys(credentials).length > 1;
  return {
    ev,
    checkSignedIn: (operation) => {
      if (!isSignedIn && !operation.public) throw new CommandError(SIGN_IN);
    },
    close: async () => stores?.close(),
  };
}

async function credentialsOf(
  { environment }: Io,
  stores?: RedisStores,
): Promise<
  Pick<EvEnergyOptions, 'accessToken' | 'auth' | 'baseUrl' | 'clientId' | 'clientSecret' | 'tokenStore'>
> {
  const baseUrl = environment.EV_ENERGY_BASE_URL || undefined;
  const accessToken = environment.EV_ENERGY_ACCESS_TOKEN || undefined;
  if (accessToken) return { accessToken, baseUrl };
  const clientId = environment.EV_ENERGY_CLIENT_ID || undefined;
  const clientSecret = environment.EV_ENERGY_CLIENT_SECRET || undefined;
  if (clientId && clientSecret) return { clientId, clientSecret, baseUrl, tokenStore: stores?.tokens };
  return (await loginCredentials(environment, baseUrl)) ?? { baseUrl };
}

/** Logs go to standard error: standard output is for what the API answers. */
function loggerOn({ stderr }: Io): NonNullable<EvEnergyOptions['logger']> {
  const log = (text: string) => void stderr.write(`${text}\n`);
  return { debug: log, info: log, warn: log, error: log };
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

async function storesOn(redis: string): Promise<RedisStores> {
  // Loaded only here: an export on one machine needs no ioredis.
  const { redisStores } = await withPackages('--redis', 'bullmq ioredis', () => import('../redis/index.js'));
  return redisStores({ redis });
}
