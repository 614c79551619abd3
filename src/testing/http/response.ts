import type { FakeResponse } from './exchange.js';
import { brokenOff, connectionReset } from './network-errors.js';

/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Converts the answer to a Response.
 *
 * @param options `head`: the request was a HEAD, so there is no body. `cut`: the connection breaks in the middle of the
 * body.
 * @throws TypeError of a broken connection if an empty body is to be cut.
 */
export function toResponse(answer: FakeResponse, options: { head?: boolean; cut?: boolean } = {}): Response {
  const bytes = WITHOUT_BODY.has(answer.status) ? new Uint8Array() : bytesOf(answer.body);
  if (options.cut && bytes.byteLength === 0) throw connectionReset();
  const headers = new Headers();
  if (!WITHOUT_BODY.has(answer.status)) headers.set('Content-Length', String(bytes.byteLength));
  for (const [name, value] of Object.entries(answer.headers)) {
    headers.delete(name);
    for (const one of [value].flat()) headers.append(name, one);
  }
  const empty = WITHOUT_BODY.has(answer.status) || options.head;
  const body = empty ? null : options.cut ? firstHalf(bytes) : bytes;
  return new Response(body as BodyInit | null, { status: answer.status, headers });
}

/** Yields the first half and then fails, like a connection that breaks. */
function firstHalf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (given) controller.error(brokenOff());
        else controller.enqueue(bytes.subarray(0, Math.ceil(bytes.byteLength / 2)));
        given = true;
      },
    },
    // Don't read ahead: the error would discard the half that hasn't been read yet.
    { highWaterMark: 0 },
  );
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
