/** Those who wait for a signal, and the one listener through which it tells them. */
interface Waiting {
  // No Set: of one that is never empty, each outgrown table keeps the next alive, and what was in it, until a full collection.
  readonly callbacks: (() => void)[];
  readonly listener: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Runs the callback when the signal aborts, unless the returned function is called before. However many wait, the
 * signal has one listener, and none once all have let go: Node takes the eleventh for a leak, and warns of it.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = waiting.get(signal) ?? listen(signal);
  callbacks.push(callback);
  return () => {
    const index = callbacks.indexOf(callback);
    if (index < 0) return;
    callbacks.splice(index, 1);
    if (callbacks.length > 0) return;
    signal.removeEventListener('abort', listener);
    waiting.delete(signal);
  };
}

function listen(signal: AbortSignal): Waiting {
  const callbacks: (() => void)[] = [];
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener('abort', listener);
  const entry = { callbacks, listener };
  waiting.set(signal, entry);
  return entry;
}
