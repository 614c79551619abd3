/**
 * Calls a function at intervals, as a sign of life, without keeping the program running. One failed call does no harm:
 * whoever watches waits for several.
 *
 * @param every milliseconds between two of them
 * @returns a function that ends it
 */
export function heartbeat(every: number, beat: () => Promise<unknown>): () => void {
  const timer = setInterval(() => {
    beat().catch(() => {});
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
