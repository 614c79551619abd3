/**
 * Writes into package.json where the repository is, as the release job knows it: npm's page then resolves the README's
 * links, and provenance has the address to compare with.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.js';
import { addressesOf } from './addresses.js';

const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY)
  throw new Error('GITHUB_SERVER_URL and GITHUB_REPOSITORY say where the repository is: set both.');
const file = join(ROOT, 'package.json');
const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
const written = { ...manifest, ...addressesOf(GITHUB_SERVER_URL, GITHUB_REPOSITORY) };
await writeFile(file, `${JSON.stringify(written, null, 2)}\n`);
