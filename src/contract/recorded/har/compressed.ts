import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { LARGEST, readText } from '../../exchange/read-answer.js';
import type { Lost } from '../judge-recorded.js';

type Decoder = (bytes: Buffer) => Buffer | Promise<Buffer>;

/** A few bytes can expand to any number. */
const MOST = { maxOutputLength: LARGEST };

const TOO_LARGE = { reason: `its body has more than ${LARGEST / 1024 / 1024} MB, unpacked` };

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: (bytes) => gunzipSync(bytes, MOST),
  'x-gzip': (bytes) => gunzipSync(bytes, MOST),
  // Some servers leave out the zlib frame that RFC 9110, section 8.4.1.2 requires.
  deflate: (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, MOST) : inflateRawSync(bytes, MOST)),
  br: (bytes) => brotliDecompressSync(bytes, MOST),
  zstd: unzstd,
};

class TooLarge extends Error {}

/** Part by part, since the library has no limit of its own. */
async function unzstd(bytes: Buffer): Promise<Buffer> {
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((part) => {
    length += part.length;
    if (length > LARGEST) throw new TooLarge();
    // The library uses the part's memory again.
    parts.push(part.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(parts);
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof TooLarge || (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/**
 * Decodes a body's content codings, the last one first (RFC 9110, section 8.4). Most recorders have already decoded the
 * body but kept the header, so text is left alone.
 */
export async function uncompressed(bytes: Buffer, contentEncoding: string | null): Promise<Buffer | Lost> {
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
      plain = await decode(plain);
    } catch (cause) {
      if (isTooLarge(cause)) return TOO_LARGE;
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
