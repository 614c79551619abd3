import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Lost } from '../judge-recorded.js';

/**
 * Reads a body that a recording stores as a separate file. It must be in the recording's folder, after following links:
 * a recording from someone else must not make us read other files.
 */
export async function readBodyFile(folder: string, name: string): Promise<Buffer | Lost> {
  // On other systems a backslash separates folders too.
  const path = name.replaceAll('\\', '/');
  try {
    const home = await realpath(folder);
    const file = resolve(home, path);
    if (isAbsolute(path) || /^[a-z]:/i.test(path) || !isInside(home, file)) return outside(name);
    const real = await realpath(file);
    if (!isInside(home, real)) return outside(name);
    if (!(await stat(real)).isFile()) return { reason: `its body is in ${name}, which is not a file` };
    return await readFile(real);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? "isn't there" : `can't be read (${code})`;
    return { reason: `its body is in ${name}, which ${why}` };
  }
}

function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(name: string): Lost {
  return { reason: `its body is in ${name}, outside of the recording's folder, and isn't read from there` };
}
