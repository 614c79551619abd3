import { randomUUID } from 'node:crypto';
import { readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { heartbeat } from './heartbeat.js';
import { unwritable } from './unwritable.js';

/** How often the holder touches its lock, in milliseconds. */
const HEARTBEAT = 1_000;
/**
 * A lock that is seen untouched for this many milliseconds is abandoned: its holder was killed, or its machine stopped.
 * We can't use the file's own time: in a folder that machines share, another clock may have set it.
 */
const ABANDONED = 5_000;
/** Milliseconds between two checks of a lock that is held elsewhere. */
const LOOK = 25;

interface FileLockOptions {
  /** Where the lock's path comes from, for errors. */
  readonly option: string;
  /**
   * Milliseconds to wait for a living holder; longer than it takes to notice that one was killed. Default: no limit.
   */
  readonly patience?: number | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the function while no other one runs under the same lock file.
 *
 * @throws ConfigurationError if the file can't be written, or the holder outlives the patience
 */
export async function withFileLock<T>(
  path: string,
  { option, patience = Infinity, signal }: FileLockOptions,
  run: () => Promise<T>,
): Promise<T> {
  const owner = JSON.stringify({ pid: process.pid, host: await ourHost(), id: randomUUID() });
  const latest = performance.now() + patience;
  const [lock, taking] = [new Watch(path), new Watch(`${path}.taking`)];
  while (!(await created(path, option, owner))) {
    signal?.throwIfAborted();
    if (await isAbandoned(lock)) await takeAway(lock, taking, option);
    else if (performance.now() > latest) throw await inUse(path, option);
    else await sleep(LOOK);
  }
  const end = heartbeat(HEARTBEAT, () => utimes(path, new Date(), new Date()));
  try {
    return await run();
  } finally {
    end();
    // Unless another program has taken over the lock meanwhile, because this machine was asleep.
    if ((await readFile(path, 'utf8').catch(() => '')) === owner) await rm(path, { force: true });
  }
}

let known: Promise<string> | undefined;

/**
 * Names the system that this process id belongs to. The machine's name isn't enough: containers may share it, and
 * copies of a machine have the same one. On Linux we add its boot id and its process table.
 */
function ourHost(): Promise<string> {
  known ??= Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]).then(([start, table]) => [hostname(), start.trim(), table].filter(Boolean).join(' '));
  return known;
}

async function created(path: string, option: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // On a full disk this leaves an empty file, which others would wait for.
    await rm(path, { force: true }).catch(() => {});
    throw unwritable(option, path, error);
  }
}

async function inUse(path: string, option: string): Promise<ConfigurationError> {
  const { pid, host } = await holderOf(path);
  const who = Number.isInteger(pid)
    ? ` (process ${pid}${host === (await ourHost()) ? '' : ' of another machine or container'})`
    : '';
  return new ConfigurationError(
    `${option}: ${path} is held by another program${who}; wait until it has ended`,
  );
}

/** What the holder has written about itself; empty if that can't be read. */
async function holderOf(path: string): Promise<{ readonly pid?: number; readonly host?: string }> {
  try {
    return Object(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}

/** Watches a file for signs of life from whoever created it. */
class Watch {
  readonly path: string;
  #sign = '';
  #since = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Milliseconds for which we have seen it untouched, by our own clock; undefined if it isn't there. */
  async silence(): Promise<number | undefined> {
    const found = await stat(this.path).catch(() => undefined);
    const sign = found ? `${found.ino} ${found.mtimeMs}` : '';
    if (sign !== this.#sign) [this.#sign, this.#since] = [sign, performance.now()];
    return found && performance.now() - this.#since;
  }
}

async function isAbandoned(lock: Watch): Promise<boolean> {
  const silence = await lock.silence();
  if (silence === undefined) return false;
  return silence > ABANDONED || isDead(lock.path);
}

/** Whether the holder was a process on this machine that has ended. */
async function isDead(path: string): Promise<boolean> {
  // Whoever has just created the file may not have written to it yet; then we know nothing about the holder.
  const { pid, host } = await holderOf(path);
  if (host !== (await ourHost()) || pid === undefined) return false;
  try {
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
async function takeAway(lock: Watch, taking: Watch, option: string): Promise<void> {
  if (!(await created(taking.path, option, ''))) {
    if (((await taking.silence()) ?? 0) > ABANDONED) await rm(taking.path, { force: true });
    return sleep(LOOK);
  }
  try {
    if (await isAbandoned(lock)) await rm(lock.path, { force: true });
  } finally {
    await rm(taking.path, { force: true });
  }
}
