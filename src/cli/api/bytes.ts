import { bytesOf, readBytes } from '../../node/read-bytes.js';
import { UsageError } from '../exit.js';
import type { Io } from '../io.js';

/** @throws UsageError for a file that can't be read, or a device or pipe that doesn't end */
export function bytesAt(path: string, option = ''): Promise<Buffer<ArrayBuffer>> {
  return readBytes(path).catch((error) => refuse(option + path, error));
}

/** @throws UsageError if it doesn't end */
export function bytesOfInput(io: Io, option: string): Promise<Buffer<ArrayBuffer>> {
  return bytesOf(io.stdin ?? nothing()).catch((error) => refuse(`${option}standard input`, error));
}

function refuse(what: string, error: NodeJS.ErrnoException): never {
  if (error.code === 'EFBIG') throw new UsageError(`${what} gives more than 256 MB. Name a file that ends.`);
  throw new UsageError(`${what} can't be read (${error.code}). Name a file that can be read.`);
}

async function* nothing(): AsyncGenerator<never> {}
