import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.js';

/** A page of the documentation. */
export interface Page {
  /** Its file, relative to the root. */
  readonly name: string;
  readonly text: string;
}

/** Folders with pages of the site. The others contain packages, pictures, and build results. */
const FOLDERS = ['docs', 'docs/guide', 'docs/recipes'];

/** Any other text with programs in it. */
export function pageAt(name: string): Page {
  return { name, text: readFileSync(join(ROOT, name), 'utf8') };
}

/** The pages for readers: the README, and the site's pages. */
export function readPages(): Page[] {
  const ofTheSite = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  return ['README.md', ...ofTheSite].map(pageAt);
}
