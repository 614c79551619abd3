import type { ExportProgress } from '../../export/index.js';
import type { Stream } from '../io.js';
import { hoursText } from './text.js';

/** The last line of an export on the terminal. */
interface ProgressLine {
  show(progress: ExportProgress): void;
  /** Takes other messages meanwhile. Each replaces the line, which is drawn again below it. */
  readonly log: Stream;
  end(): void;
}

/** Shows how far an export is: on a terminal in one line that is overwritten, in a log now and then in a new one. */
export function progressOn(stream: Stream): ProgressLine {
  let [shown, tenth, waiting] = [0, 0, 0];
  const clear = () => {
    if (stream.isTTY && shown > 0) stream.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    show: (progress) => {
      const { windows, waitingUntil } = progress;
      if (stream.isTTY) {
        const text = progressLine(progress).slice(0, 79);
        stream.write(`\r${text.padEnd(shown)}`);
        shown = text.length;
        return;
      }
      const now = Math.floor((windows.done / Math.max(1, windows.total)) * 10);
      const until = waitingUntil?.getTime() ?? 0;
      if (now <= tenth && until <= waiting) return;
      [tenth, waiting] = [Math.max(tenth, now), Math.max(waiting, until)];
      stream.write(`${progressLine(progress)}\n`);
    },
    log: {
      ...stream,
      write: (text) => {
        clear();
        return stream.write(text);
      },
    },
    end: clear,
  };
}

function progressLine({ windows, items, perHour, expected, hours, waitingUntil }: ExportProgress): string {
  const done = `${windows.done}/${windows.total} windows, ${items} items`;
  if (waitingUntil) return `${done}; waits for the quota until ${waitingUntil.toISOString().slice(0, 19)}Z`;
  const rest = expected > 0 ? `; ${expected} to go, about ${hoursText(hours)}` : '';
  return `${done}, ${perHour} requests/h${rest}`;
}
