import { abortable, onAbort } from '../../client/wait/abort.js';
import type { Sink } from './sink.js';

/** Milliseconds that a sink gets to finish what it is doing once the export has to end. */
const GRACE = 1_000;

/**
 * Waits for a sink. Once the signal has aborted, it waits only a moment longer: a write under way can finish, and a
 * sink that hangs doesn't keep the export alive.
 *
 * @throws the signal's reason
 */
export async function inTime<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const countDown = () => {
    timer = setTimeout(() => over.abort(signal.reason), GRACE);
  };
  if (signal.aborted) countDown();
  const release = onAbort(signal, countDown);
  try {
    return await abortable(work, over.signal);
  } finally {
    release();
    clearTimeout(timer);
  }
}

/**
 * Wraps a sink so that its `check`, `open` and `close` are waited for no longer than the signal allows. `workWindow`
 * sees to its batches.
 */
export function endingWith(sink: Sink, signal: AbortSignal | undefined): Sink {
  const { check, open, close } = sink;
  const named = (look: Sink['open']) =>
    look &&
    (async (collection: string): Promise<string | undefined> =>
      (await inTime(Promise.resolve(look.call(sink, collection)), signal)) ?? undefined);
  return {
    check: named(check),
    open: named(open),
    write: (batch) => sink.write(batch),
    close: close && (async () => inTime(Promise.resolve(close.call(sink)), signal)),
  } as Sink;
}
