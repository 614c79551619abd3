import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { readText } from '../../exchange/read-answer.js';
import type { Lost } from '../judge-recorded.js';

type Decoder = (bytes: Buffer) => Buffer | Promise<Buffer>;

/** Larger than any real answer, but smaller than what a few malicious bytes can expand to. */
const MOST = { maxOutputLength: 256 * 1024 * 1024 };

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: (bytes) => gunzipSync(bytes, MOST),
  'x-gzip': (bytes) => gunzipSync(bytes, MOST),
  // Some servers leave out the zlib frame that RFC 9110, section 8.4.1.2 requires.
  deflate: (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, MOST) : inflateRawSync(bytes, MOST)),
  br: (bytes) => brotliDecompressSync(bytes, MOST),
  zstd: async (bytes) => Buffer.from((await import('fzstd')).decompress(bytes)),
};

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
