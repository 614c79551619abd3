import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { LARGEST, readText } from '../../exchange/read-answer.js';
import type { Lost } from '../judge-recorded.js';

/** Counts the bytes that decompression has produced: a few bytes can expand to any number. */
export interface Unpacked {
  bytes: number;
}

type Decoder = (bytes: Buffer, take: (part: Uint8Array) => void) => void | Promise<void>;

const TOO_LARGE = { reason: `its body has more than ${LARGEST / 1024 / 1024} MB, unpacked` };

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: through(createGunzip),
  'x-gzip': through(createGunzip),
  // Some servers leave out the zlib frame that RFC 9110, section 8.4.1.2 requires.
  deflate: (bytes, take) =>
    through((bytes[0] ?? 0) % 16 === 8 ? createInflate : createInflateRaw)(bytes, take),
  br: through(createBrotliDecompress),
  zstd: unzstd,
};

class TooLarge extends Error {}

/** Bytes to decompress at a time. */
const PART = { chunkSize: 256 * 1024 };

function through(make: (options: typeof PART) => Transform): Decoder {
  return async (bytes, take) => {
    const stream = make(PART);
    stream.end(bytes);
    for await (const part of stream) take(part);
  };
}

async function unzstd(bytes: Buffer, take: (part: Uint8Array) => void): Promise<void> {
  const { Decompress } = await import('fzstd');
  // The library uses the part's memory again.
  new Decompress((part) => take(part.slice())).push(bytes, true);
}

/** Decodes part by part, so that the output counts even if the rest can't be decoded. */
async function decoded(decode: Decoder, bytes: Buffer, unpacked: Unpacked): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  await decode(bytes, (part) => {
    length += part.length;
    unpacked.bytes += part.length;
    if (length > LARGEST) throw new TooLarge();
    parts.push(part);
  });
  return Buffer.concat(parts);
}

/**
 * Decodes a body's content codings, the last one first (RFC 9110, section 8.4). Most recorders have already decoded the
 * body but kept the header, so text is left alone.
 */
export async function uncompressed(
  bytes: Buffer,
  contentEncoding: string | null,
  unpacked: Unpacked,
): Promise<Buffer | Lost> {
  if (isText(bytes)) return bytes;
  const named = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let plain = bytes;
  for (const coding of named.length === 0 && isGzip ? ['gzip'] : named.reverse()) {
    const decode = DECODERS[coding];
    if (!decode) return { reason: `its body is compressed with ${coding}, which isn't read` };
    try {
      plain = await decoded(decode, plain, unpacked);
    } catch (cause) {
      if (cause instanceof TooLarge) return TOO_LARGE;
      // One or all of several codings may have been decoded already.
      if (isText(plain) || looksLikeJson(plain)) break;
      const why = (cause as Error).message;
      return { reason: `its body is compressed with ${coding}, and can't be decoded: ${why}` };
    }
  }
  return plain;
}

/** Whether bytes begin like JSON, even if they aren't UTF-8: judging that is up to the rules. */
export function looksLikeJson(bytes: Buffer): boolean {
  return /^\s*[[{]\s*["\d[\]{}tfn-]/.test(bytes.toString('latin1', 0, 100));
}

function isText(bytes: Buffer): boolean {
  const { body, malformedText } = readText(bytes);
  return !malformedText && !hasControls(body);
}

/** Compressed bytes contain control characters, unlike text. */
export function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\0-\x08\x0e-\x1f]/.test(text);
}
