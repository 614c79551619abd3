import { createHash, randomUUID } from 'node:crypto';
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isStoredTokens, type StoredTokens, type TokenStore } from '../client/auth/token-store.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { withFileLock } from './file-lock.js';
import { makeFolder } from './make-folder.js';
import { removeUnfinished } from './unfinished.js';
import { unwritable } from './unwritable.js';

const OPTION = 'fileTokenStore';
const LOCK = { option: OPTION };

interface Content {
  readonly version: 1;
  readonly tokens: Readonly<Record<string, StoredTokens>>;
}

/**
 * Keeps tokens in a file, for the programs of one machine. Only its owner can read it (0600); it is replaced in one
 * step, and locked while a token is renewed. Its folder is created if there is none. The locks are files beside it,
 * ending in `.lock`; those of a killed program are taken over after some seconds.
 *
 * Not for a folder that machines share over a network: use `ev-energy-client/redis` there.
 *
 * @throws ConfigurationError at the first use, if the file holds something else
 * @example new EvEnergy({ tokenStore: fileTokenStore('/var/lib/fleet/tokens.json') });
 */
export function fileTokenStore(path: string): TokenStore {
  if (typeof path !== 'string' || path === '')
    throw new ConfigurationError('fileTokenStore: the path is missing; pass that of a file');
  const file = resolve(path);
  return {
    load: async (key) => {
      const { tokens } = await read(file);
      return Object.hasOwn(tokens, key) ? tokens[key] : undefined;
    },
    save: async (key, tokens) => {
      await makeItsFolder(file);
      // The file holds all keys, so reading it and writing it back needs a lock.
      await withFileLock(`${file}.lock`, LOCK, async () => {
        await removeUnfinished(file);
        const content = await read(file);
        await write(file, { ...content, tokens: { ...content.tokens, [key]: tokens } });
      });
    },
    lock: async (key, run) => {
      await makeItsFolder(file);
      const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
      return withFileLock(`${file}.${name}.lock`, LOCK, run);
    },
  };
}

async function makeItsFolder(file: string): Promise<void> {
  await makeFolder(dirname(file)).catch((error: unknown) => {
    throw unwritable(OPTION, file, error);
  });
}

async function read(file: string): Promise<Content> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new ConfigurationError(`fileTokenStore: ${file} can't be read (${error.code}); give another path`);
  });
  if (text === undefined) return { version: 1, tokens: {} };
  const content = parsed(text);
  if (content?.version !== 1 || !holdsTokens(content))
    throw new ConfigurationError(
      `fileTokenStore: ${file} holds something other than tokens; give another path, or delete it`,
    );
  return content;
}

function holdsTokens({ tokens }: Content): boolean {
  const isRecord = typeof tokens === 'object' && tokens !== null && !Array.isArray(tokens);
  return isRecord && Object.values(tokens).every(isStoredTokens);
}

function parsed(text: string): Content | undefined {
  try {
    return JSON.parse(text) as Content;
  } catch {
    // Without the parser's message, which quotes the text.
    return undefined;
  }
}

/** Replaces the file in one step: readers see either the old content or the new. */
async function write(file: string, content: Content): Promise<void> {
  const fresh = `${file}.${randomUUID()}.new`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(content));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The umask can only have removed permissions. On a file system without permissions this changes nothing.
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw unwritable(OPTION, file, error);
  }
}
