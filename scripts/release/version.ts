/**
 * `npm run release:version`: collects the changesets. Files that name the version get the new one, and CHANGELOG.md
 * gets the notes.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.js';
import { output } from '../run.js';
import { packageVersion } from '../spec/version.js';
import { noteOf, released } from './changelog.js';
import { NAMING, withVersion } from './version-text.js';

const FOLDER = join(ROOT, '.changeset');

const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
const notes = await Promise.all(
  files.map(async (name) => noteOf(await readFile(join(FOLDER, name), 'utf8'))),
);
const before = await packageVersion(ROOT);
await output('npm', ['run', '--silent', 'changeset', '--', 'version'], { cwd: ROOT, timeout: 300_000 });
const version = await packageVersion(ROOT);
for (const file of NAMING) {
  const text = await readFile(join(ROOT, file), 'utf8');
  await writeFile(join(ROOT, file), withVersion(text, before, version));
}
const changelog = join(ROOT, 'CHANGELOG.md');
const day = new Date().toISOString().slice(0, 10);
await writeFile(changelog, released(await readFile(changelog, 'utf8'), version, day, notes));
await output('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: ROOT, timeout: 300_000 });
process.stdout.write(`${version}: look at CHANGELOG.md, commit, and tag the commit v${version}\n`);
