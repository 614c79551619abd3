import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TokenStore } from '../../client/auth/token-store.js';
import { fileTokenStore } from '../../node/file-token-store.js';
import { makeFolder } from '../../node/make-folder.js';
import { CommandError, UsageError } from '../exit.js';
import type { Io } from '../io.js';

/** Who has signed in, and where. The tokens are in a store beside it. */
export interface SavedLogin {
  readonly version: 1;
  readonly grant: 'authorization_code' | 'client_credentials';
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly scope?: string | undefined;
}

/** The store keeps the tokens of whoever signed in last, under this name. */
export const USER = 'ev-energy';

/** The folder for what is kept from one command to the next. */
function configFolder(environment: Io['environment']): string {
  const { EV_ENERGY_CONFIG, XDG_CONFIG_HOME, APPDATA, HOME } = environment;
  if (EV_ENERGY_CONFIG) return EV_ENERGY_CONFIG;
  return join(XDG_CONFIG_HOME || APPDATA || join(HOME || homedir(), '.config'), 'ev-energy');
}

/** The store of the tokens: a file that only its owner can read. */
export function loginStore(environment: Io['environment']): TokenStore {
  return fileTokenStore(join(configFolder(environment), 'tokens.json'));
}

/** @throws CommandError if the file holds something else, UsageError if it can't be read */
export async function loadLogin(environment: Io['environment']): Promise<SavedLogin | undefined> {
  const file = loginFile(environment);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UsageError(
      `${file} can't be read (${error.code}). Set EV_ENERGY_CONFIG to use another folder.`,
    );
  });
  if (text === undefined) return undefined;
  const login = parsed(text);
  if (isLogin(login)) return login;
  throw new CommandError(`${file} is not of this version of ev-energy. Run: ev-energy login`);
}

export async function saveLogin(environment: Io['environment'], login: SavedLogin): Promise<void> {
  const file = loginFile(environment);
  const fresh = `${file}.${randomUUID()}.new`;
  await makeFolder(configFolder(environment), 0o700);
  // It may hold a secret: only its owner can read it, and it is never half written.
  try {
    await writeFile(fresh, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Forgets who has signed in, and the tokens. */
export async function forgetLogin(environment: Io['environment']): Promise<void> {
  for (const name of ['login.json', 'tokens.json'])
    await rm(join(configFolder(environment), name), { force: true });
}

function loginFile(environment: Io['environment']): string {
  return join(configFolder(environment), 'login.json');
}

function isLogin(value: Partial<SavedLogin> | null | undefined): value is SavedLogin {
  if (value?.version !== 1) return false;
  const { grant, baseUrl, clientId, clientSecret = '', scope = '' } = value;
  return (
    ['authorization_code', 'client_credentials'].some((one) => one === grant) &&
    [baseUrl, clientId].every(Boolean) &&
    [baseUrl, clientId, clientSecret, scope].every((text) => typeof text === 'string')
  );
}

function parsed(text: string): Partial<SavedLogin> | null | undefined {
  try {
    return JSON.parse(text) as Partial<SavedLogin> | null;
  } catch {
    // Without the parser's message, which quotes the text.
    return undefined;
  }
}
