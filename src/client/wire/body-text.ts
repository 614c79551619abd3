import type { ApiResponse } from '../send/request.js';
import { abortable } from '../wait/abort.js';

/** Stands at the end of a text that was cut off on the wire. */
export const CUT = '…';

/** The start of an escape (JSON, HTML) at the end of a cut text: with it, none would see the start of a secret there. */
const HALF_ESCAPE = /(?:\\u?[\da-f]{0,3}|&#?x?[\da-f]{0,7})$/i;

/** A body that was cut off on the wire. */
export class CutBody {
  /** The text that had arrived, marked as cut; empty where there was none. */
  readonly text: string;
  /** The transport's error. */
  readonly cause: unknown;

  constructor(chunks: readonly Uint8Array[], cause: unknown) {
    // As a stream, which leaves out the half of a character.
    const text = decode(chunks, { stream: true });
    this.text = text && text.replace(HALF_ESCAPE, '') + CUT;
    this.cause = cause;
  }
}

/**
 * Reads a body chunk by chunk, so that the start of one that is cut off is known.
 * @throws CutBody, or what the body's own `text()` throws
 */
export async function readText(response: ApiResponse, signal: AbortSignal | undefined): Promise<string> {
  const { body } = response;
  // A transport of the caller's may have other streams than those of the web, or have read the body already.
  if (typeof body?.getReader !== 'function' || body.locked) return abortable(response.text(), signal);
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const { value, done } = await abortable(reader.read(), signal);
      if (done) return decode(chunks);
      if (!ArrayBuffer.isView(value))
        throw new TypeError("the body's stream gave something other than bytes");
      chunks.push(value);
    }
  } catch (error) {
    // A stream of the caller's may not keep to the standard.
    new Promise((resolve) => resolve(reader.cancel())).catch(() => {});
    throw cutBody(chunks, error);
  }
}

/** What cuts a body off may be its length, which no text can have. */
function cutBody(chunks: readonly Uint8Array[], cause: unknown): unknown {
  try {
    return new CutBody(chunks, cause);
  } catch {
    return cause;
  }
}

function decode(chunks: readonly Uint8Array[], options?: TextDecodeOptions): string {
  const decoder = new TextDecoder();
  const last = chunks.at(-1);
  const before = chunks.slice(0, -1).map((chunk) => decoder.decode(chunk, { stream: true }));
  return before.join('') + decoder.decode(last, options);
}
