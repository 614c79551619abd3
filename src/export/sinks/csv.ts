import { itemTime } from '../collection/time.js';
import { Cell, cellOf, ownValue, quoted } from './cells.js';
import { fileSink, type Row } from './files.js';
import type { Sink } from './sink.js';

/**
 * Writes files of comma-separated values (RFC 4180), by parent and day: `FOLDER/<parent>/<day>.csv`, oldest first. Each
 * field has a column; nested values are JSON, null and absent are empty, and an empty text is `""`.
 */
export function csvSink(folder: string): Sink {
  return fileSink(folder, {
    extension: 'csv',
    read: (bytes, by) => {
      const [names = [], ...lines] = parse(bytes.toString('utf8'));
      return lines.map((cells): Row => {
        if (cells.length !== names.length) throw new Error('it has another number of cells than the header');
        const value = Object.fromEntries(
          names.map((name, index) => [unquoted(name), new Cell(cells[index] ?? '')]),
        );
        return { time: itemTime({ [by]: unquoted(value[by]?.text ?? '') }, by), value };
      });
    },
    write: (rows) => {
      const names = [...new Set(rows.flatMap(({ value }) => Object.keys(value as object)))];
      const lines = rows.map(({ value }) =>
        names.map((name) => cellOf(ownValue(value as object, name))).join(','),
      );
      return [names.map(quoted).join(','), ...lines].map((line) => `${line}\r\n`).join('');
    },
  });
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/**
 * Splits the text into rows of cells, which stay quoted.
 * @throws if it ends within a row, which would be lost
 */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (const [all, cell = '', end] of text.matchAll(/((?:"(?:[^"]|"")*")|[^,\r\n]*)(,|\r?\n)/g)) {
    at += all.length;
    row.push(cell);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (at !== text.length || row.length > 0) throw new Error('it is cut short');
  return rows;
}
