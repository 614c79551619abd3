import { statSync } from 'node:fs';
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
 * Does what takes seconds without a pause, and has nothing to put back. No listener could hear a signal meanwhile, so
 * there is none: the signal itself ends the process, at once, which is the same code to a shell.
 */
export function endedBySignals<T>(work: () => T): T {
  const listeners = SIGNALS.map((signal) => ({ signal, heard: process.rawListeners(signal) }));
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  try {
    return work();
  } finally {
    for (const { signal, heard } of listeners)
      for (const listener of heard) process.on(signal, listener as NodeJS.SignalsListener);
  }
}

/**
 * Ends the process as a signal does. Where a thread waits for a pipe that nobody writes, `exit` would wait for it too:
 * then the signal itself ends the process, which is the same code to a shell.
 */
export function endBy(signal: NodeJS.Signals, code: number): never {
  const isReading = process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));
  if (isReading && process.argv.slice(2).some(namesPipe)) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(code);
}

/** As `pipe`, `@pipe` or `--spec=pipe`. */
function namesPipe(argument: string): boolean {
  try {
    return statSync(argument.replace(/^(?:@|--?[\w-]+=)/, '')).isFIFO();
  } catch {
    // No file, and nothing that could be the name of one.
    return false;
  }
}

/**
 * Has a signal end the process until its command listens itself. The file of a command calls it before it loads
 * anything else, so that it imports nothing else: what is imported is loaded before the first line runs.
 */
export function endOnSignal(): void {
  onSignal((_, code) => {
    process.stderr.write('Interrupted.\n');
    // What is being read by then are the command's own files.
    process.exit(code);
  });
}
