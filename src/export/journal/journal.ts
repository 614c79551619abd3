import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import type { TimedCollection } from '../collection/collections.js';
import { textOf, timeOf } from '../collection/time.js';
import type { KeptPage, Pages } from '../run/pages.js';
import type { Book, Run } from '../run/plan-run.js';
import { type Covered, coveredAfter, type Window, windowId } from '../run/window.js';
import type { Worked } from '../run/work.js';

/** A line of the journal. What it says has happened is so once the line is whole. */
type Entry =
  | { readonly version: 1; readonly collection: string; readonly by: string }
  | { readonly run: Run }
  | { readonly covered: Readonly<Record<string, readonly [from: string, until: string]>> }
  | { readonly windows: readonly Window[] }
  | { readonly done: string; readonly rest?: Window | undefined }
  | { readonly finished: true };

/**
 * How far an export is: what is covered of each parent, the windows on their way, and their pages. In a folder, so that
 * another start goes on from there; or in memory alone.
 */
export class Journal implements Book {
  readonly pages: Pages;
  /** The windows that aren't done, by id, in the order in which they are to be worked on. */
  readonly #pending = new Map<string, Window>();
  run: Run | undefined;
  readonly #covered = new Map<string, Covered>();
  readonly #file: string | undefined;
  readonly #head: Entry;

  constructor(collection: TimedCollection, folder: string | undefined, pages: Pages) {
    this.pages = pages;
    this.#file = folder && join(folder, 'journal.ndjson');
    this.#head = {
      version: 1,
      collection: `${collection.row.method} ${collection.row.path}`,
      by: collection.by,
    };
  }

  /** @throws ConfigurationError where the folder has another collection's journal, or none that can be read */
  static async open(
    collection: TimedCollection,
    folder: string | undefined,
    { readOnly = false } = {},
  ): Promise<Journal> {
    if (folder === undefined) return new Journal(collection, undefined, memoryPages());
    if (readOnly) {
      const journal = new Journal(collection, undefined, memoryPages());
      await journal.#load(join(folder, 'journal.ndjson'));
      return journal;
    }
    const pages = join(folder, 'pages');
    try {
      await mkdir(pages, { recursive: true });
    } catch (error) {
      throw new ConfigurationError(
        `journal: '${folder}' can't be written (${(error as NodeJS.ErrnoException).code}); give a folder that can`,
      );
    }
    const journal = new Journal(collection, folder, filePages(pages));
    await journal.#load(join(folder, 'journal.ndjson'));
    await journal.#compact();
    return journal;
  }

  covered(parent: readonly string[]): Covered | undefined {
    return this.#covered.get(keyOf(parent));
  }

  async begin(run: Run): Promise<void> {
    await this.#add({ run });
  }

  /** All windows of the run are known, and with them what of each parent is covered once they are done. */
  async plan(windows: readonly Window[], parents: readonly (readonly string[])[], run: Run): Promise<void> {
    const covered = Object.fromEntries(
      parents.map((parent) => [keyOf(parent), coveredAfter(this.covered(parent), run)]),
    );
    // Windows first: cut short between the two, they are planned again, and have the same ids.
    await this.#add({ windows });
    await this.#add({ covered });
  }

  windows(): Window[] {
    return [...this.#pending.values()];
  }

  async done(window: Window, { rest }: Worked): Promise<void> {
    await this.#add({ done: windowId(window), rest });
    await this.pages.clear(windowId(window));
  }

  async finish(kept: readonly string[]): Promise<void> {
    await this.#add({ finished: true });
    for (const id of kept) await this.pages.clear(id);
  }

  async #add(entry: Entry): Promise<void> {
    this.#take(entry);
    if (this.#file) await appendFile(this.#file, `${JSON.stringify(entry)}\n`);
  }

  #take(entry: Entry): void {
    if ('run' in entry) this.run = entry.run;
    if ('windows' in entry) for (const window of entry.windows) this.#pending.set(windowId(window), window);
    if ('covered' in entry)
      for (const [key, [from, until]] of Object.entries(entry.covered))
        this.#covered.set(key, { from: timeOf('journal', from), until: timeOf('journal', until) });
    if ('done' in entry) {
      this.#pending.delete(entry.done);
      if (entry.rest) this.#pending.set(windowId(entry.rest), entry.rest);
    }
    if ('finished' in entry) this.run = undefined;
  }

  async #load(file: string): Promise<void> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
      throw new ConfigurationError(`journal: ${file} can't be read (${error.code}); give another folder`);
    });
    const lines = text.split('\n');
    // Whoever was killed while writing left a line without an end: what it says hasn't happened.
    lines.pop();
    const [head, ...entries] = lines.map((line) => parsed(line, file));
    if (!head) return;
    if (JSON.stringify(head) !== JSON.stringify(this.#head))
      throw new ConfigurationError(
        `journal: ${file} is that of another export (${'collection' in head ? head.collection : 'of no collection'}); give another folder`,
      );
    for (const entry of entries) this.#take(entry);
  }

  /** Writes the journal anew with what still counts. */
  async #compact(): Promise<void> {
    if (!this.#file) return;
    const covered = Object.fromEntries(
      [...this.#covered].map(([key, { from, until }]) => [key, [textOf(from), textOf(until)] as const]),
    );
    const entries: Entry[] = [
      this.#head,
      ...(this.run ? [{ run: this.run }] : []),
      { covered },
      { windows: [...this.#pending.values()] },
    ];
    const fresh = `${this.#file}.new`;
    await writeFile(fresh, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await rename(fresh, this.#file);
  }
}

function keyOf(parent: readonly string[]): string {
  return parent.join('/');
}

function parsed(line: string, file: string): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    throw new ConfigurationError(
      `journal: ${file} is broken; delete its folder to begin anew, or give another`,
    );
  }
}

export function memoryPages(): Pages {
  const kept = new Map<string, KeptPage[]>();
  return {
    load: async (id) => [...(kept.get(id) ?? [])],
    append: async (id, page) => void kept.set(id, [...(kept.get(id) ?? []), page]),
    clear: async (id) => void kept.delete(id),
  };
}

/** A file for what a window has so far, a page a line. */
function filePages(folder: string): Pages {
  const file = (id: string) => join(folder, `${encodeURIComponent(id)}.ndjson`);
  return {
    load: async (id) => {
      const text = await readFile(file(id), 'utf8').catch(() => '');
      const end = text.lastIndexOf('\n') + 1;
      // Written after a line that was cut short, the next page would be lost with it.
      if (end < text.length) await writeFile(file(id), text.slice(0, end));
      return text
        .slice(0, end)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as KeptPage);
    },
    append: (id, page) => appendFile(file(id), `${JSON.stringify(page)}\n`),
    clear: (id) => rm(file(id), { force: true }),
  };
}
