import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { inert } from '../../client/exit/inert.js';
import { withFileLock } from '../../node/file-lock.js';
import { itemTime, type Time, textOf, timeOf } from '../collection/time.js';
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
   * @param file the name, for errors
   */
  read(bytes: Buffer, by: string, file: string): Promise<Row[]> | Row[];
  write(rows: readonly Row[], batch: Batch): Promise<string | Uint8Array> | string | Uint8Array;
}

/**
 * Writes files into a folder, one for each parent and day (UTC), oldest item first:
 * `FOLDER/<parent>/<day>.<extension>`. It replaces a file in one step, with the batch's items instead of the old ones
 * of the same stretch.
 */
export function fileSink(folder: string, format: Format): Sink {
  const root = resolve(folder);
  return {
    check: async (collection) => {
      await format.check?.();
      await checkFolder(folder, root);
      await claim(folder, join(root, '.collection'), collection);
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
      for (const day of new Set([...fresh.keys(), ...(await daysWithin(place, batch, format.extension))]))
        await merge(join(place, `${day}.${format.extension}`), fresh.get(day) ?? [], batch, format);
    },
  };
}

/** A name within the folder, whatever the API calls a parent: `..` would lead out of it, `.journal` into the journal. */
function folderName(part: string): string {
  return encodeURIComponent(part).replace(/^\./, '%2E');
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
  await mkdir(dirname(file), { recursive: true });
  // A neighbouring window, in this program or another, may end within the same day.
  await withFileLock(`${file}.lock`, async () => {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const before = bytes ? await format.read(bytes, batch.by, file) : [];
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

/** Two collections have files of the same names: each would remove what the other has of a stretch. */
async function claim(given: string, file: string, collection: string): Promise<void> {
  const ours = `${file}.${randomUUID()}`;
  await writeFile(ours, collection);
  // Whole or not at all, whoever else begins at the same moment.
  await link(ours, file)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => rm(ours, { force: true }));
  const other = (await readFile(file, 'utf8')).slice(0, 100);
  if (other !== collection)
    throw new ConfigurationError(
      `sink: '${given}' holds ${inert(other)}, not ${collection}; give another folder`,
    );
}

async function checkFolder(given: string, root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.W_OK);
    // Root passes the access check everywhere, but can't write to a read-only mount.
    const trial = join(root, `.${randomUUID()}.new`);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    throw new ConfigurationError(
      `sink: '${given}' can't be written (${(error as NodeJS.ErrnoException).code}); give a folder that can`,
    );
  }
}
