import { jsonOf } from '../../export/json.js';
import { ownValue } from '../../export/sinks/cells.js';
import { inert } from '../../text/words.js';
import { type Io, widthOf, write } from '../io.js';
import { columnsOf, padded, shorten } from './text.js';
import type { Writer } from './writer.js';

/** The first items, which decide on the columns. Later ones are fitted into these. */
const SAMPLE = 50;
/** The most terminal columns that a cell may take. */
const WIDEST = 40;

interface Column {
  readonly name: string;
  readonly width: number;
}

/** A table that fits the terminal: the fields that fit, from the first on. */
export function tableWriter(io: Io): Writer {
  const width = widthOf(io.stdout);
  const waiting: unknown[] = [];
  let columns: Column[] | undefined;
  const row = (item: unknown) =>
    line((columns ?? []).map((column) => [cellOf(fieldOf(item, column.name)), column]));
  const flush = async () => {
    if (columns) return;
    const chosen = choose(waiting, width);
    columns = chosen.columns;
    const head = line(columns.map((column) => [inert(column.name).toUpperCase(), column]));
    await write(io, (waiting.length > 0 ? head : '') + waiting.splice(0).map(row).join(''));
    if (chosen.left > 0 && io.stderr.isTTY)
      io.stderr.write(`${chosen.left} fields don't fit here; --output json shows them.\n`);
  };
  return {
    item: async (value) => {
      if (columns) return write(io, row(value));
      waiting.push(value);
      if (waiting.length >= SAMPLE) await flush();
    },
    end: async () => {
      if (!columns && waiting.length === 0 && io.stderr.isTTY) io.stderr.write('There are none.\n');
      await flush();
    },
    only: (value) => write(io, record(value, width)),
  };
}

/** The fields that fit side by side. */
function choose(items: readonly unknown[], width: number): { columns: Column[]; left: number } {
  // A resource's own URL shows as its id, which has a column already.
  const ids = items.map((item) => cellOf(Object(item).id));
  const isTwin = (name: string) =>
    name !== 'id' && items.every((item, at) => ids[at] !== '' && cellOf(fieldOf(item, name)) === ids[at]);
  const names = [...new Set(items.flatMap(namesOf))].filter((name) => !isTwin(name));
  const columns: Column[] = [];
  let room = width;
  for (const name of names) {
    const widths = items.map((item) => columnsOf(cellOf(fieldOf(item, name))));
    const wanted = Math.min(WIDEST, Math.max(columnsOf(inert(name)), ...widths));
    // The first column is shown even where the terminal is too narrow for it.
    const given = columns.length === 0 ? Math.min(wanted, width) : wanted;
    const gap = columns.length === 0 ? 0 : 2;
    if (given + gap > room) continue;
    columns.push({ name, width: given });
    room -= given + gap;
  }
  return { columns, left: names.length - columns.length };
}

function line(cells: readonly (readonly [text: string, column: Column])[]): string {
  const texts = cells.map(([text, column]) => padded(shorten(text, column.width), column.width));
  return `${texts.join('  ').trimEnd()}\n`;
}

/** One object, with a line for each field. */
function record(value: unknown, width: number): string {
  const names = namesOf(value);
  const first = Math.min(WIDEST, Math.max(0, ...names.map((name) => columnsOf(inert(name)))));
  return names
    .map((name) => {
      const text = cellOf(fieldOf(value, name));
      return `${padded(shorten(inert(name), first), first)}  ${shorten(text, Math.max(1, width - first - 2))}`.trimEnd();
    })
    .map((text) => `${text}\n`)
    .join('');
}

function namesOf(item: unknown): string[] {
  return typeof item === 'object' && item !== null ? Object.keys(item) : ['value'];
}

function fieldOf(item: unknown, name: string): unknown {
  return typeof item === 'object' && item !== null ? ownValue(item, name) : item;
}

/** A value in one line. Another resource shows as its id. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string')
    return inert(value.replace(/^https?:\/\/\S+\/([A-Za-z]+[A-Z\d]{10,})\/?$/, '$1'));
  if (typeof value !== 'object') return String(value);
  const { id } = value as { id?: unknown };
  return inert(typeof id === 'string' ? id : jsonOf(value));
}
