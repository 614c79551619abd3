import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.js';

/** A page of the documentation. */
export interface Page {
  /** Its file, as seen from the root. */
  readonly name: string;
  readonly text: string;
}

/** Folders with pages of the site. Its others hold packages, pictures, and what is built. */
const FOLDERS = ['docs', 'docs/guide', 'docs/recipes'];

/** What readers are given: the README, and the pages of the site. */
export function readPages(): Page[] {
  const ofTheSite = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  return ['README.md', ...ofTheSite].map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }));
}
