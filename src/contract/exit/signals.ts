import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Ended = (signal: NodeJS.Signals, code: number) => void;

/** What the next signal does; undefined until somebody listens. */
let ended: Ended | undefined;

/**
 * Tells once of a signal that ends the process, with the exit code that says so. A second one ends it at once. Of
 * several listeners, the latest is told: the one of what the process is about by then.
 */
export function onSignal(listener: Ended): void {
  const isFirst = ended === undefined;
  ended = listener;
  if (!isFirst) return;
  for (const signal of SIGNALS) process.once(signal, () => ended?.(signal, 128 + constants.signals[signal]));
}

/**
 * Has a signal end the process until its command listens itself. The file of a command calls it before it loads
 * anything else, so that it imports nothing else: what is imported is loaded before the first line runs.
 */
export function endOnSignal(): void {
  onSignal((_, code) => {
    process.stderr.write('Interrupted.\n');
    process.exit(code);
  });
}
