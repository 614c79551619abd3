import { appendFile, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { makeFolder } from '../../node/make-folder.js';
import { textOf, timeOf } from '../collection/time.js';
import { writing } from '../folders.js';
import { jsonOf } from '../json.js';
import type { Joined } from '../run/join.js';
import type { Owner, Place } from '../run/owner.js';
import { checkedPage, type KeptPage, memoryPages, type Pages } from '../run/pages.js';
import type { Book } from '../run/plan-run.js';
import { boundsOf, checkedRun, type Run } from '../run/question.js';
import { type Covered, checkedWindow, coveredAfter, type Window, windowId } from '../run/window.js';
import type { Worked } from '../run/work.js';

/** The first line of the journal: whose it is. */
interface Head extends Owner {
  readonly version: 1;
}

/** Any other line of the journal. Once the line is complete, what it says has happened. */
type Entry =
  | { readonly run: Run }
  | { readonly covered: Readonly<Record<string, readonly (readonly [from: string, until: string])[]>> }
  | { readonly windows: readonly Window[]; readonly replaced?: readonly string[] | undefined }
  | { readonly done: string; readonly rest?: Window | undefined }
  | { readonly finished: true };

/**
 * Tracks how far an export has come: what is covered of each parent, the pending windows, and their pages. It is kept
 * in a folder, so that another start continues from there, or only in memory.
 */
export class Journal implements Book {
  readonly pages: Pages;
  readonly place: Place;
  owner: Owner | undefined;
  run: Run | undefined;
  /** The windows that aren't done, by id, in the order to work on them. */
  readonly #pending = new Map<string, Window>();
  readonly #covered = new Map<string, readonly Covered[]>();
  readonly #folder: string | undefined;
  /** The line that is being written. */
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string | undefined) {
    this.#folder = folder;
    this.pages = folder === undefined ? memoryPages() : filePages(join(folder, 'pages'));
    this.place = {
      name: `journal: ${this.#file ?? 'in memory'}`,
      where: `of ${folder ?? 'this program'}`,
      instead: 'folder',
    };
  }

  /**
   * Reads the journal of a folder; nothing is written before a run begins.
   *
   * @throws ConfigurationError if it can't be read
   */
  static async open(folder: string | undefined): Promise<Journal> {
    const journal = new Journal(folder);
    if (journal.#file !== undefined) await journal.#load(journal.#file);
    return journal;
  }

  get #file(): string | undefined {
    return this.#folder && join(this.#folder, 'journal.ndjson');
  }

  covered(parent: readonly string[]): readonly Covered[] {
    return this.#covered.get(keyOf(parent)) ?? [];
  }

  async begin(run: Run, open: () => Promise<Owner>): Promise<void> {
    this.owner = await open();
    this.run = checkedRun(this.run ?? run);
    await this.#compact();
  }

  /** Records all windows of the run, and what of each parent will be covered once they are done. */
  async plan({ fresh, replaced }: Joined, parents: readonly (readonly string[])[], run: Run): Promise<void> {
    const covered = Object.fromEntries(
      parents.map((parent) => [keyOf(parent), textsOf(coveredAfter(this.covered(parent), boundsOf(run)))]),
    );
    // Windows first: if the program stops between the two, the windows are planned again, with the same ids.
    await this.#add({ windows: fresh, ...(replaced.length > 0 ? { replaced: replaced.map(windowId) } : {}) });
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
    if (this.#folder !== undefined) await this.#removeLeft(join(this.#folder, 'pages'));
  }

  /** Removes pages of finished windows, which programs that were killed have left behind. */
  async #removeLeft(folder: string): Promise<void> {
    for (const name of await readdir(folder).catch(() => []))
      if (!this.#pending.has(name.replace(/\.ndjson$/, '')))
        await writing('journal', folder, () => rm(join(folder, name), { force: true }));
  }

  async #add(entry: Entry): Promise<void> {
    this.#take(entry);
    const file = this.#file;
    if (file === undefined) return;
    const line = `${JSON.stringify(entry)}\n`;
    // After a write has failed, say on a full disk, we write no more lines: the next would follow half a line.
    this.#last = this.#last.then(() => writing('journal', file, () => appendFile(file, line)));
    await this.#last;
  }

  #take(entry: Entry): void {
    if ('run' in entry) this.run = checkedRun(entry.run);
    if ('windows' in entry) {
      for (const window of entry.windows) this.#wait(window);
      for (const id of entry.replaced ?? []) this.#pending.delete(id);
    }
    if ('covered' in entry)
      for (const [key, stretches] of Object.entries(entry.covered))
        this.#covered.set(
          key,
          stretches.map(([from, until]) => ({
            from: timeOf('journal', from),
            until: timeOf('journal', until),
          })),
        );
    if ('done' in entry) {
      this.#pending.delete(entry.done);
      if (entry.rest) this.#wait(entry.rest);
    }
    if ('finished' in entry) this.run = undefined;
  }

  #wait(window: Window): void {
    this.#pending.set(windowId(checkedWindow(window)), window);
  }

  async #load(file: string): Promise<void> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
      throw new ConfigurationError(`journal: ${file} can't be read (${error.code}); give another folder`);
    });
    const lines = text.split('\n');
    // A program that was killed while writing leaves an incomplete last line; what it says hasn't happened.
    lines.pop();
    const [head, ...entries] = lines.map((line) => parsed<unknown>(line, file));
    if (head === undefined) return;
    this.owner = checkedHead(head, file);
    try {
      for (const entry of entries) this.#take(entry as Entry);
    } catch {
      throw broken(file);
    }
  }

  /** Rewrites the journal with only what still matters. */
  async #compact(): Promise<void> {
    const [folder, file] = [this.#folder, this.#file];
    if (folder === undefined || file === undefined) return;
    const covered = Object.fromEntries(
      [...this.#covered].map(([key, stretches]) => [key, textsOf(stretches)]),
    );
    const head: Head = { ...this.owner, version: 1 };
    const entries: (Head | Entry)[] = [
      head,
      ...(this.run ? [{ run: this.run }] : []),
      { covered },
      { windows: [...this.#pending.values()] },
    ];
    const fresh = `${file}.new`;
    await writing('journal', file, async () => {
      await makeFolder(join(folder, 'pages'));
      await writeFile(fresh, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      await rename(fresh, file);
    });
  }
}

function textsOf(stretches: readonly Covered[]) {
  return stretches.map(({ from, until }) => [textOf(from), textOf(until)] as const);
}

function keyOf(parent: readonly string[]): string {
  return parent.join('/');
}

function parsed<T>(line: string, file: string): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    // Without the parser's message, which quotes the text.
    throw broken(file);
  }
}

function checkedHead(value: unknown, file: string): Head {
  const head = Object(value) as Head;
  if (head.version === 1) return head;
  if (typeof head.version !== 'number') throw broken(file);
  throw new ConfigurationError(
    `journal: ${file} is of version ${head.version}, which another version of this package writes; go on with that, or give another folder`,
  );
}

function broken(file: string): ConfigurationError {
  return new ConfigurationError(
    `journal: ${file} is broken; delete its folder to begin anew, or give another`,
  );
}

function pageOf(line: string, file: string): KeptPage {
  try {
    return checkedPage(parsed(line, file));
  } catch {
    throw broken(file);
  }
}

/** Keeps the fetched pages of a window in a file, one per line. */
function filePages(folder: string): Pages {
  const file = (id: string) => join(folder, `${encodeURIComponent(id)}.ndjson`);
  return {
    load: async (id) => {
      const text = await readFile(file(id), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
        throw new ConfigurationError(
          `journal: ${file(id)} can't be read (${error.code}); give another folder`,
        );
      });
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      // Drop an incomplete last line: the next page would be appended to it, and lost with it.
      if (whole !== text)
        await writing('journal', file(id), () => truncate(file(id), Buffer.byteLength(whole)));
      return whole
        .split('\n')
        .filter(Boolean)
        .map((line) => pageOf(line, file(id)));
    },
    append: async (id, page) => {
      await writing('journal', file(id), () => appendFile(file(id), `${jsonOf(page)}\n`));
      return true;
    },
    clear: (id) => writing('journal', file(id), () => rm(file(id), { force: true })),
  };
}
