import { pipeline, type Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { LARGEST, tooLong } from '../client/send/response.js';

const { createBrotliDecompress, createGunzip, createInflate } = zlib;

/** Node has zstd from 22.15 on. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/** Value for `Accept-Encoding`: the codings that Node decodes without another package. */
export const ACCEPTED = createZstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** Decodes the stream, the last coding first (RFC 9110, 8.4). An unknown coding is left as it is. */
export function decoded(body: Readable, contentEncoding: string | null): Readable {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const decoders = codings.reverse().flatMap((coding) => DECODERS[coding]?.() ?? []);
  // `pipeline` passes errors on to the last stream, which is the one that is read.
  return decoders.reduce<Readable>((from, to) => pipeline(from, to, () => {}), body);
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress ?? zstdOfPackage,
};

/** For a Node without zstd, if a server uses it unasked. */
function zstdOfPackage(): Transform {
  let decompress: { push(chunk: Uint8Array, final?: boolean): void };
  let size = 0;
  return new Transform({
    construct(done) {
      import('fzstd').then(
        ({ Decompress }) => {
          decompress = new Decompress((chunk) => {
            size += chunk.length;
            // One part that came may hold thousands of blocks, and all of them before anybody reads.
            if (size > LARGEST) throw tooLong(LARGEST);
            this.push(chunk);
          });
          done();
        },
        () =>
          done(new Error('the answer is compressed with zstd: use Node 22.15 or later, or install fzstd')),
      );
    },
    transform(chunk: Uint8Array, _encoding, done) {
      attempt(() => decompress.push(chunk), done);
    },
    // The package keeps an answer of a few bytes until it knows that no more will come.
    flush(done) {
      attempt(() => decompress.push(new Uint8Array(), true), done);
    },
  });
}

/** Calls `done` when the work is done, with the error if it throws one. */
function attempt(work: () => void, done: (error?: Error) => void): void {
  try {
    work();
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}
