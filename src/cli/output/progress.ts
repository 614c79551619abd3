import type { Io } from '../io.js';

/** Milliseconds before a walk counts as long, and between two looks at it. */
const PAUSE = 500;

/** Tells on a terminal how far a long walk is whose items go elsewhere. */
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
      if (shown > 0) stderr.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}
