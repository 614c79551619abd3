import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { readText } from '../../exchange/read-answer.js';
import type { Lost } from '../judge-recorded.js';

type Decoder = (bytes: Buffer) => Buffer | Promise<Buffer>;

/** More than any answer holds; less than what a few bytes made for it can expand to. */
const MOST = { maxOutputLength: 256 * 1024 * 1024 };

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: (bytes) => gunzipSync(bytes, MOST),
  'x-gzip': (bytes) => gunzipSync(bytes, MOST),
  // Some servers send it without the frame that RFC 9110, section 8.4.1.2, asks for.
  deflate: (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, MOST) : inflateRawSync(bytes, MOST)),
  br: (bytes) => brotliDecompressSync(bytes, MOST),
  zstd: async (bytes) => Buffer.from((await import('fzstd')).decompress(bytes)),
};

/**
 * A body without its content codings, the last one taken off first (RFC 9110, section 8.4). Most recorders have taken
 * them off, and left the header as it was: what is text is left alone.
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
      // One of several codings, or all, may have been taken off.
      if (isText(plain) || looksLikeJson(plain)) break;
      const why = (cause as Error).message;
      return { reason: `its body is compressed with ${coding}, and can't be decoded: ${why}` };
    }
  }
  return plain;
}

/** Whether bytes begin as JSON does, also if they aren't UTF-8: then that is for the rules to say. */
export function looksLikeJson(bytes: Buffer): boolean {
  return /^\s*[[{]\s*["\d[\]{}tfn-]/.test(bytes.toString('latin1', 0, 100));
}

function isText(bytes: Buffer): boolean {
  const { body, malformedText } = readText(bytes);
  return !malformedText && !hasControls(body);
}

/** Compressed bytes have characters that text has not. */
export function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\0-\x08\x0e-\x1f]/.test(text);
}
