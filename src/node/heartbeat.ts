/**
 * Gives a sign of life every so often, without keeping the program from its end. One that fails is only missed: whoever
 * looks for it waits for several.
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
