import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpecError } from './errors.js';

/** The version in package.json. */
export async function packageVersion(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (typeof version !== 'string') throw new SpecError('package.json has no version');
  return version;
}
