import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../client/errors/configuration-error.js';

/** How often the holder touches its lock, in milliseconds. */
const HEARTBEAT = 1_000;
/** A lock untouched for this many milliseconds is abandoned: its holder was killed, or its machine stopped. */
const ABANDONED = 5_000;
/** Milliseconds between two checks of a lock that is held elsewhere. */
const LOOK = 25;

/** Runs the function while no other one runs under the same lock file. */
export async function withFileLock<T>(path: string, run: () => Promise<T>): Promise<T> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  while (!(await created(path, owner))) {
    if (await isAbandoned(path)) await takeAway(path);
    else await sleep(LOOK);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARTBEAT);
  heartbeat.unref();
  try {
    return await run();
  } finally {
    clearInterval(heartbeat);
    // Not if another program has taken the lock over meanwhile: this machine may have slept.
    if ((await readFile(path, 'utf8').catch(() => '')) === owner) await rm(path, { force: true });
  }
}

async function created(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // On a full disk there is an empty file now, for which others would wait.
    await rm(path, { force: true }).catch(() => {});
    throw new ConfigurationError(`fileTokenStore: ${path} can't be written (${code}); give a path that can`);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  const age = Date.now() - found.mtimeMs;
  if (age > ABANDONED) return true;
  // Wait a moment: whoever has just created the file may not have written to it yet.
  return age > HEARTBEAT / 4 && (await isDead(path));
}

/** Whether the holder was a process on this machine that has ended. */
async function isDead(path: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(path, 'utf8')) as { pid: number; host: string };
    if (host !== hostname()) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Removes an abandoned lock. Only one process at a time does so, and it checks again first: otherwise two that saw the
 * same abandoned lock could remove the new lock that the first of them has created since.
 */
async function takeAway(path: string): Promise<void> {
  const taking = `${path}.taking`;
  if (!(await created(taking, ''))) {
    const found = await stat(taking).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED) await rm(taking, { force: true });
    return sleep(LOOK);
  }
  try {
    if (await isAbandoned(path)) await rm(path, { force: true });
  } finally {
    await rm(taking, { force: true });
  }
}
