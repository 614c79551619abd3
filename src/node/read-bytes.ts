import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** The most bytes to read from something that may never end, such as a pipe or a device. */
const MOST = 256 * 2 ** 20;

/** Bytes that are read at once. */
const PART = 2 ** 20;

/** The input doesn't end. The code is the system's for a file that is too large. */
class Endless extends Error {
  readonly code = 'EFBIG';

  constructor() {
    super('it gives more than 256 MB, and no end is known');
  }
}

/**
 * The bytes of a file. Of anything else, such as a pipe, no more than 256 MB are read.
 *
 * @throws what the file system says, or an error with the code `EFBIG`
 */
export async function readBytes(file: string): Promise<Buffer<ArrayBuffer>> {
  const isFile = (await stat(file)).isFile();
  return isFile ? readFile(file) : bytesOf(createReadStream(file, { highWaterMark: PART }));
}

/** All that comes through a pipe. @throws an error with the code `EFBIG` after 256 MB */
export async function bytesOf(input: AsyncIterable<Uint8Array | string>): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    length += bytes.length;
    if (length > MOST) throw new Endless();
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
