import type { SchemaElement } from 'hyparquet';
import { itemTime, textOf } from '../collection/time.js';
import { jsonOf } from '../json.js';
import { withPackages } from '../packages.js';
import { type Column, type ColumnType, columnsOf } from './columns.js';
import { fileSink, type Row } from './files.js';
import { keepsAll, type ParquetCell, parquetCell } from './parquet-cells.js';
import type { Sink } from './sink.js';

/** The column with the fields that the document doesn't have, and the values that don't fit their column. */
const OTHER: Column = { name: '_other', type: 'text' };

/**
 * Writes Parquet files, by parent and day: `FOLDER/<parent>/<day>.parquet`, oldest first. Needs `hyparquet` and
 * `hyparquet-writer`.
 *
 * All files of a collection have the same columns, those of the document: times are timestamps in microseconds, whole
 * numbers `INT64`, nested values JSON. What the document doesn't know is in the column `_other`, as JSON.
 */
export function parquetSink(folder: string): Sink {
  return fileSink(folder, {
    extension: 'parquet',
    check: async () => void (await packages()),
    read: async (bytes, by) =>
      (await read(bytes)).map((value): Row => ({ time: itemTime(value, by), value })),
    write: async (rows, { collection }) => {
      const { parquetWriteBuffer } = await packages();
      const columns = (await columnsOf(collection)).filter(({ name }) => name !== OTHER.name);
      const cells = rows.map(({ value }) => cellsOf(columns, value as object));
      const all = [...columns, OTHER];
      return new Uint8Array(
        parquetWriteBuffer({
          schema: [{ name: 'root', num_children: all.length }, ...all.map(elementOf)],
          columnData: all.map(({ name }, index) => ({ name, data: cells.map((row) => row[index] ?? null) })),
        }),
      );
    },
  });
}

const packages = () =>
  withPackages('sink: Parquet', 'hyparquet hyparquet-writer', async () => ({
    ...(await import('hyparquet')),
    ...(await import('hyparquet-writer')),
  }));

/** A row's cells, of which the last is that of `_other`. */
function cellsOf(columns: readonly Column[], item: object): (ParquetCell | undefined)[] {
  const other = new Map<string, unknown>(
    Object.entries(item).filter(([, value]) => value !== null && value !== undefined),
  );
  const cells = columns.map(({ name, type }) => {
    if (!other.has(name)) return undefined;
    const value = other.get(name);
    const cell = parquetCell(type, value);
    if (keepsAll(type, value, cell)) other.delete(name);
    return cell;
  });
  return [...cells, other.size === 0 ? undefined : jsonOf(Object.fromEntries(other))];
}

const ELEMENTS: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  time: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
};

function elementOf({ name, type }: Column): SchemaElement {
  return { name, repetition_type: 'OPTIONAL', ...ELEMENTS[type] };
}

/** The items of a file, as the API sent them, except for what a column can't keep: null becomes absent. */
async function read(bytes: Buffer): Promise<object[]> {
  const { parquetMetadata, parquetRead } = await packages();
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  let rows: unknown[][] = [];
  const metadata = parquetMetadata(buffer);
  const names = metadata.schema.slice(1).map(({ name }) => name);
  await parquetRead({
    file: buffer,
    metadata,
    rowFormat: 'array',
    parsers: { timestampFromMicroseconds: (time: bigint) => textOf(Number(time)) },
    onComplete: (found: unknown[][]) => {
      rows = found;
    },
  });
  return rows.map((cells) => {
    const fields = names.flatMap((name, index): [string, unknown][] => {
      const cell = cells[index];
      if (cell === null || cell === undefined) return [];
      if (name === OTHER.name) return Object.entries<unknown>(JSON.parse(String(cell)));
      return [[name, typeof cell === 'bigint' ? Number(cell) : cell]];
    });
    return Object.fromEntries(fields);
  });
}
