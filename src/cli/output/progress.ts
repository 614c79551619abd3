import type { Io } from '../io.js';

/** Milliseconds before the first progress is shown, and between two updates. */
const PAUSE = 500;

/** Shows the progress of a long walk on the terminal, where its items go to a file or a pipe. */
export function progressOf({ stdout, stderr }: Io): { show(items: number): void; end(): void } {
  const isShown = stderr.isTTY && !stdout.isTTY;
  let last = Date.now();
  let shown = 0;
  return {
    show: (items) => {
      if (!isShown || Date.now() - last < PAUSE) return;
      last = Date.now();
      const text = `${items} items so far`;
      stderr.write(`\r${text}`);
      shown = text.length;
    },
    end: () => {
      // After Ctrl-C the terminal shows `^C` at the end of the line.
      if (shown > 0) stderr.write(`\r${' '.repeat(shown + '^C'.length)}\r`);
      shown = 0;
    },
  };
}
