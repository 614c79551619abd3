import { isObject, parseJson } from '../../../document/index.js';
import { readText } from '../../exchange/read-answer.js';
import type { WireResponse } from '../../model/exchange.js';
import type { Lost } from '../judge-recorded.js';
import { readBodyFile } from './body-file.js';
import { hasControls, looksLikeJson, type Unpacked, uncompressed } from './compressed.js';
import { endsInside } from './ends-inside.js';

/** What a recorder stored of an answer with a body. */
export interface RecordedBody {
  method: string;
  status: number;
  headers: Headers;
  /** From the HAR entry. */
  content?: unknown;
  bodySize?: unknown;
  folder: string;
  /** Counts all bodies of the recording. */
  unpacked: Unpacked;
}

type Body = Pick<WireResponse, 'body' | 'malformedText'>;

const EMPTY: Body = { body: '' };

/**
 * The body that the server sent, or why the recording lacks it. Recorders leave bodies out (Firefox with its option
 * off, Chrome when its memory is full, Playwright's `omit`), cut long ones, store them in separate files (Playwright's
 * `attach`) or in their content coding (Charles). The server isn't to blame for any of that.
 */
export async function readBody(recorded: RecordedBody): Promise<Body | Lost> {
  const { method, status, headers, content, folder, unpacked } = recorded;
  if (method.toUpperCase() === 'HEAD' || status < 200 || status === 204 || status === 205) return EMPTY;
  if (!isObject(content)) return kept(content);
  const bytes =
    typeof content._file === 'string' ? await readBodyFile(folder, content._file) : bytesOf(content);
  if ('reason' in bytes) return bytes;
  if (bytes.length === 0) return isEmpty(recorded, content) ? EMPTY : kept(content);
  unpacked.bytes += bytes.length;
  const plain = await uncompressed(bytes, headers.get('content-encoding'), unpacked);
  if ('reason' in plain) return plain;
  const text = readText(plain);
  // Complete JSON wasn't cut, whatever the sizes say.
  const isWhole = typeof parseJson(text.body)?.value === 'object';
  return (isWhole ? undefined : cutBy(content, headers, plain.length, text.body)) ?? text;
}

function kept(content: unknown): Lost {
  const { comment } = isObject(content) ? content : {};
  const words = typeof comment === 'string' && comment !== '' ? `: ${comment}` : '';
  return { reason: `the recorder kept no body${words}` };
}

function bytesOf({ text, encoding }: Record<string, unknown>): Buffer | Lost {
  if (typeof text !== 'string') return Buffer.alloc(0);
  const coding = typeof encoding === 'string' ? encoding.trim().toLowerCase() : '';
  if (coding === 'base64') return Buffer.from(text, 'base64');
  if (!['', 'utf-8', 'utf8'].includes(coding))
    return { reason: `its body is encoded as '${encoding}', which isn't read: base64 is` };
  const bytes = Buffer.from(text, 'latin1');
  // Compressed bytes that were stored as text, one character per byte.
  const areBytes = hasControls(text) && bytes.toString('latin1') === text && !looksLikeJson(bytes);
  return areBytes ? bytes : Buffer.from(text);
}

/** Whether the server really sent no body. A body that wasn't stored looks the same, so there must be evidence. */
function isEmpty({ headers, bodySize }: RecordedBody, { text, size }: Record<string, unknown>): boolean {
  const length = headers.get('content-length');
  if (length !== null) return Number(length) === 0;
  if (headers.has('transfer-encoding') || Number(size) !== 0 || Number(bodySize ?? 0) > 0) return false;
  return text === '' || bodySize === 0;
}

/**
 * Says if the recorder stored only the beginning; undefined if the text is complete. `size` is the size of the decoded
 * body; mitmproxy gives the encoded size, and in `compression` what the coding saved.
 */
function cutBy(
  { size, compression, comment }: Record<string, unknown>,
  headers: Headers,
  length: number,
  text: string,
): Lost | undefined {
  if (typeof comment === 'string' && /truncat|cut off|exceed/i.test(comment))
    return { reason: `the recorder cut the body: ${comment}` };
  const sizes = positive(size)
    ? [size, size + (typeof compression === 'number' ? compression : 0)]
    : headers.has('content-encoding')
      ? []
      : [Number(headers.get('content-length'))].filter(positive);
  if (sizes.length > 0 && length < Math.min(...sizes))
    return { reason: `the recorder cut the body: it kept ${length} of ${Math.min(...sizes)} bytes` };
  const isAll = sizes.includes(length) || (sizes.length > 0 && length >= Math.max(...sizes));
  if (isAll || !endsInside(text)) return undefined;
  return { reason: 'its body ends in the middle, and no size in the recording says that it is all' };
}

function positive(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
