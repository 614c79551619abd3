import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../exit.js';

/** @throws UsageError for a file that can't be read */
export async function fileAt(path: string): Promise<File> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read (${error.code}). Name a file that can.`);
  });
  return new File([bytes], basename(path));
}
