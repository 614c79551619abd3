/** The callbacks that wait for each signal, and the one listener that calls them. */
const waiting = new WeakMap<
  AbortSignal,
  { readonly callbacks: Set<() => void>; readonly listener: () => void }
>();

/**
 * Runs the callback when the signal aborts, unless the returned function is called first. A program may pass one signal
 * to hundreds of calls, and Node warns of a leak at the eleventh listener: so all of them share one listener, which
 * goes once none is left.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0) return;
    signal.removeEventListener('abort', listener);
    waiting.delete(signal);
  };
}

function listen(signal: AbortSignal) {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of callbacks) callback();
  };
  signal.addEventListener('abort', listener);
  const entry = { callbacks, listener };
  waiting.set(signal, entry);
  return entry;
}

/**
 * Resolves with the promise's value, or rejects with the signal's reason as soon as it aborts. The work behind the
 * promise goes on: others may wait for it too, or it watches the signal itself.
 */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let release = () => {};
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else release = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    release();
  }
}

/** Resolves after the given time; rejects with the signal's reason as soon as it aborts. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await abortable(over, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The longest delay of a timer, in milliseconds: timers count in 32 bits, and a longer one would fire at once. */
export const LONGEST = 2 ** 31 - 1;

/** Waits for the promise, but no longer than until `over` rejects. */
export function until<T>(over: Promise<never> | undefined, promise: Promise<T>): Promise<T> {
  return over ? Promise.race([promise, over]) : promise;
}

/** A limit to how long some work may take. */
export interface Deadline {
  /** Rejects when the time is up, or when the caller's signal aborts. */
  readonly over: Promise<never>;
  /** Gives a signal that aborts at the same moment. It is made when first asked for, since that costs most. */
  signal(): AbortSignal;
  /** Call it when the work is done: stops the clock, and takes the listener off the caller's signal. */
  clear(): void;
}

/** Gives some work that many milliseconds; it then ends with the error from `late`, unless `clear` is called first. */
export function deadline(milliseconds: number, late: () => Error, caller?: AbortSignal): Deadline {
  let controller: AbortController | undefined;
  const control = () => (controller ??= new AbortController());
  let reject: (reason: unknown) => void;
  const over = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  const end = (reason: unknown) => {
    // Perhaps nobody waits any more.
    over.catch(() => {});
    control().abort(reason);
    reject(reason);
  };
  const timer =
    milliseconds === Infinity ? undefined : setTimeout(() => end(late()), Math.min(milliseconds, LONGEST));
  if (caller?.aborted) end(caller.reason);
  const release = caller && onAbort(caller, () => end(caller.reason));
  const clear = () => {
    clearTimeout(timer);
    release?.();
  };
  return { over, signal: () => control().signal, clear };
}
