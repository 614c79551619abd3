import { isConfidential, isLoopback } from '../../client/url/origin.js';
import { withoutUserInfo } from '../../client/url/resource-url.js';
import { readServers } from '../../document/index.js';
import { quoted } from '../../text/words.js';
import { CannotRun } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Chosen, RequestCounter, Target, TargetName } from '../model/target.js';
import { readCredentials } from './credentials.js';
import { fakeTarget } from './fake.js';
import { readKeys } from './keys.js';
import { hostedMockTarget, mockTarget } from './mock/mock.js';
import { remoteTarget } from './remote.js';

/** Which server to check, and how to reach it. */
export interface TargetOptions {
  /** One of `TARGETS`, or `server` for one that has only an address. */
  name: Chosen;
  contract: Contract;
  /** Where the server listens; undefined for the target's own address, or to start one. */
  baseUrl: string | undefined;
  /** Token endpoint; undefined for the document's, on the origin of the base URL. */
  tokenUrl: string | undefined;
  /** Variables with the credentials, such as `process.env`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds to wait for an answer. */
  timeout: number;
  /** Counts the requests for tokens against the run's budget. */
  count?: RequestCounter;
  /** Whether the rate limit will be used up: then a started fake keeps the API's own limit. */
  exhaust?: boolean;
}

/** Generous limits, since a document with hundreds of operations takes thousands of requests. */
const PLENTY = { limit: 1_000_000, anonymous: 1_000_000 };

/**
 * The server to check: started for the run, or already running.
 *
 * @throws CannotRun if that isn't possible: an unsafe address, missing credentials, a port in use.
 */
export async function chooseTarget(options: TargetOptions): Promise<Target> {
  const { name, contract, tokenUrl, environment, timeout, count = { take() {} } } = options;
  const given = options.baseUrl === undefined ? undefined : safeUrl('--base-url', options.baseUrl);
  if (tokenUrl !== undefined) safeUrl('--token-url', tokenUrl);
  if (name === 'mock') {
    if (given !== undefined && !isLoopback(new URL(given))) throw new CannotRun(elsewhere(given));
    return mockTarget(contract, given);
  }
  if (name === 'fake' && given === undefined) {
    return fakeTarget(contract, options.exhaust ? {} : { rateLimit: PLENTY });
  }
  if (name === 'server') {
    if (given === undefined)
      throw new CannotRun('A server without a name needs its address: give --base-url.');
    const credentials = readCredentials(undefined, environment);
    const keys = readKeys(undefined, environment);
    return remoteTarget({ contract, name, baseUrl: given, tokenUrl, credentials, keys, timeout, count });
  }
  const baseUrl = given ?? serverOf(contract, name);
  if (name === 'hosted-mock') return hostedMockTarget(baseUrl);
  const credentials = readCredentials(name, environment);
  const keys = readKeys(name, environment);
  return remoteTarget({ contract, name, baseUrl, tokenUrl, credentials, keys, timeout, count });
}

/**
 * A mock is written to and gets unlimited requests, which must not happen to a real server just because --target is
 * missing.
 */
function elsewhere(baseUrl: string): string {
  return `${baseUrl} isn't on this machine, where the target mock is: say which server it is, with --target staging, live or hosted-mock.`;
}

/** @throws CannotRun for an address that no token may be sent to. */
export function safeUrl(option: string, url: string): string {
  if (!URL.canParse(url))
    throw new CannotRun(
      `${option} must be a URL, such as https://api.example.com/v2, not ${quoted(withoutUserInfo(url))}.`,
    );
  const address = new URL(url);
  const { username, search, hash } = address;
  if (!isConfidential(address)) {
    throw new CannotRun(
      `${option} must be https, or http on this machine: a token would go in the clear to ${withoutUserInfo(url)}.`,
    );
  }
  if (username !== '' || search !== '' || hash !== '') {
    throw new CannotRun(`${option} must be a plain URL without user, query or fragment.`);
  }
  return option === '--base-url' ? url.replace(/\/+$/, '') : url;
}

/** The document's server for a target, recognised by its address or description. */
function serverOf({ document, name: file }: Contract, name: TargetName): string {
  const server = readServers(document).find(({ environment }) => environment === name);
  if (!server)
    throw new CannotRun(`${file} names no server for the target ${name}: give its address with --base-url.`);
  return server.url;
}
