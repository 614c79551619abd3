/** Stands at the end of a text that was cut off on the wire. */
export const CUT = '…';

/** Without `stream`, a call of `decode` leaves nothing behind for the next. */
const decoder = new TextDecoder();

/** A body that was cut off on the wire. */
export class CutBody {
  /** The text that had arrived, marked as cut; empty where there was none. */
  readonly text: string;
  /** The transport's error. */
  readonly cause: unknown;

  constructor(chunks: readonly Uint8Array[], cause: unknown) {
    // As a stream, which leaves out the half of a character.
    this.text = chunks.length > 0 ? new TextDecoder().decode(joined(chunks), { stream: true }) + CUT : '';
    this.cause = cause;
  }
}

/**
 * The body, read by hand: that takes less CPU time than `response.text()`, and keeps the start of one that is cut off.
 * @throws CutBody
 */
export async function textOf(response: Response): Promise<string> {
  const { body, bodyUsed } = response;
  // A transport of the caller's may have other streams than those of the web, or have read it already.
  if (!body?.getReader || bodyUsed) return response.text();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return decoder.decode(chunks.length > 1 ? joined(chunks) : chunks[0]);
      chunks.push(value);
    }
  } catch (error) {
    throw new CutBody(chunks, error);
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const chunk of chunks) {
    all.set(chunk, end);
    end += chunk.length;
  }
  return all;
}
