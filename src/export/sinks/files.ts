import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { withFileLock } from '../../node/file-lock.js';
import { inFolder, makeFolder } from '../../node/make-folder.js';
import { removeUnfinished } from '../../node/unfinished.js';
import { inert } from '../../text/words.js';
import { itemTime, type Time, textOf, timeOf } from '../collection/time.js';
import { openFolder, writing } from '../folders.js';
import type { Batch, Sink } from './sink.js';

/** A row of a file: an item, or what the file holds of one. */
export interface Row {
  readonly time: Time;
  readonly value: unknown;
}

/** How rows are read from and written to a file. */
export interface Format {
  readonly extension: string;
  /** Called before the export. @throws ConfigurationError if what the format needs is missing */
  check?(): Promise<void>;
  /**
   * @param by the field with an item's time
   * @throws if these aren't bytes that `write` has given
   */
  read(bytes: Buffer, by: string): Promise<Row[]> | Row[];
  write(rows: readonly Row[], batch: Batch): Promise<string | Uint8Array> | string | Uint8Array;
}

/**
 * Writes files into a folder, one for each parent and day (UTC), oldest item first:
 * `FOLDER/<parent>/<day>.<extension>`. It replaces a file in one step, with the batch's items instead of the old ones
 * of the same stretch.
 */
export function fileSink(folder: string, format: Format): Sink {
  const root = resolve(folder);
  const claims = join(root, '.collection');
  const nameOf = (id: string) => `${format.extension} files of ${id || 'a folder'}`;
  return {
    check: async (collection) => {
      await format.check?.();
      const leave = await openFolder('sink', folder);
      const claimed = await writing('sink', claims, () => claimOn(claims)).finally(leave);
      refuseOther(folder, claimed, collection);
      return nameOf(claimed?.id ?? 'a new folder');
    },
    open: async (collection) => {
      const claimed = await writing('sink', claims, async () => {
        return inFolder(root, () => claim(claims, collection));
      });
      refuseOther(folder, claimed, collection);
      return nameOf(claimed.id);
    },
    write: async (batch) => {
      const place = join(root, ...batch.parent.map(folderName));
      const fresh = new Map<string, Row[]>();
      for (const value of batch.items) {
        const time = itemTime(value, batch.by);
        const day = textOf(time).slice(0, 10);
        const rows = fresh.get(day) ?? [];
        rows.push({ time, value });
        fresh.set(day, rows);
      }
      for (const day of new Set([...fresh.keys(), ...(await daysWithin(place, batch, format.extension))])) {
        const file = join(place, `${day}.${format.extension}`);
        await writing('sink', file, () => merge(file, fresh.get(day) ?? [], batch, format));
      }
    },
  };
}

/**
 * A name within the folder, whatever the API calls a parent: `..` would lead out of it, `.journal` into the journal,
 * and Windows takes no asterisk, and no dot at the end.
 */
function folderName(part: string): string {
  return encodeURIComponent(part).replace(
    /^\.|\.$|\*/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Days of the stretch that already have a file, whose items of the stretch may have to be removed. */
async function daysWithin(place: string, { from, until }: Batch, extension: string): Promise<string[]> {
  const [first, last] = [from.slice(0, 10), until.slice(0, 10)];
  const names = await readdir(place).catch(() => []);
  return names
    .filter((name) => name.endsWith(`.${extension}`) && name.length === 11 + extension.length)
    .map((name) => name.slice(0, 10))
    .filter((day) => day >= first && day <= last);
}

async function merge(file: string, fresh: readonly Row[], batch: Batch, format: Format): Promise<void> {
  const [from, until] = [timeOf('from', batch.from), timeOf('until', batch.until)];
  await makeFolder(dirname(file));
  // A neighbouring window, in this program or another, may end within the same day.
  await withFileLock(`${file}.lock`, { option: 'sink' }, async () => {
    await removeUnfinished(file);
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const before = bytes ? await rowsOf(file, bytes, batch, format) : [];
    const others = before.filter(({ time }) => time < from || time >= until);
    if (fresh.length === 0 && others.length === before.length) return;
    const rows = [...others, ...fresh].sort((a, b) => a.time - b.time);
    const next = `${file}.${randomUUID()}.new`;
    try {
      await writeFile(next, await format.write(rows, batch));
      await rename(next, file);
    } finally {
      await rm(next, { force: true });
    }
  });
}

/** @throws ConfigurationError if somebody else has written the file, or changed it */
async function rowsOf(file: string, bytes: Buffer, { by }: Batch, format: Format): Promise<Row[]> {
  try {
    return await format.read(bytes, by);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    // Without the message, which may quote the text.
    throw new ConfigurationError(
      `sink: ${file} is not what this sink writes; delete it, or give another folder`,
    );
  }
}

/** Which collection has a folder, and a name of the folder that is the same wherever it is mounted. */
interface Claim {
  readonly collection: string;
  readonly id: string;
}

async function claimOn(file: string): Promise<Claim | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const [collection = '', id = ''] = text.slice(0, 200).split('\n');
  return { collection, id: inert(id) };
}

/** Claims the folder for the collection, unless it is already claimed. @returns the claim that is then in place */
async function claim(file: string, collection: string): Promise<Claim> {
  const ours = { collection, id: randomUUID() };
  const fresh = `${file}.${ours.id}`;
  await writeFile(fresh, `${collection}\n${ours.id}\n`);
  // Written as a whole or not at all, even if another program begins at the same moment.
  await link(fresh, file)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => rm(fresh, { force: true }));
  return (await claimOn(file)) ?? ours;
}

/** Two collections have files with the same names: each would remove the other's items of a stretch. */
function refuseOther(given: string, claimed: Claim | undefined, collection: string): void {
  if (claimed && claimed.collection !== collection)
    throw new ConfigurationError(
      `sink: '${given}' holds ${inert(claimed.collection.slice(0, 100))}, not ${collection}; give another folder`,
    );
}
