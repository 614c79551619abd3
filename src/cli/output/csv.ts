import { cellOf, ownValue, quoted } from '../../export/sinks/cells.js';
import { inert } from '../../text/words.js';
import { type Io, write } from '../io.js';
import type { Writer } from './writer.js';

/** The first items, whose fields become the columns: once the header is written, no column can be added. */
const SAMPLE = 100;

/** Comma-separated values (RFC 4180), a column for each field that one of the first items has. */
export function csvWriter(io: Io): Writer {
  const waiting: object[] = [];
  let names: string[] | undefined;
  const line = (cells: readonly string[]) => {
    const text = cells.join(',');
    return io.stdout.isTTY ? `${inert(text)}\n` : `${text}\r\n`;
  };
  const row = (item: object) => line((names ?? []).map((name) => cellOf(ownValue(item, name))));
  const flush = async () => {
    if (names || waiting.length === 0) return;
    names = [...new Set(waiting.flatMap(Object.keys))];
    await write(io, line(names.map(quoted)) + waiting.splice(0).map(row).join(''));
  };
  const item = async (value: unknown) => {
    const fields = typeof value === 'object' && value !== null ? value : { value };
    if (names) return write(io, row(fields));
    waiting.push(fields);
    if (waiting.length >= SAMPLE) await flush();
  };
  return {
    item,
    end: flush,
    only: async (value) => {
      await item(value);
      await flush();
    },
  };
}
