import { parseInstant } from '../../document/values/instant.js';
import { textOf } from '../collection/time.js';
import { jsonOf } from '../json.js';
import type { ColumnType } from './columns.js';

/** A value as Parquet stores it. */
export type ParquetCell = boolean | bigint | number | string;

/** A value in the type of its column; undefined if it can't be stored there. */
export function parquetCell(type: ColumnType, value: unknown): ParquetCell | undefined {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'time':
      return timeCell(value);
    case 'text': {
      const text = typeof value === 'string' ? value : jsonOf(value);
      // Half of a surrogate pair has no form in UTF-8.
      return /\p{Surrogate}/u.test(text) ? undefined : text;
    }
  }
}

function timeCell(value: unknown): bigint | undefined {
  const time = typeof value === 'string' ? parseInstant(value) : undefined;
  return Number.isSafeInteger(Math.round(time ?? Number.NaN))
    ? BigInt(Math.round(time as number))
    : undefined;
}

/** Whether the value can be read back from its cell: a time's offset, and what is below microseconds, can't. */
export function keepsAll(type: ColumnType, value: unknown, cell: ParquetCell | undefined): boolean {
  if (cell === undefined) return false;
  return type !== 'time' || withoutZeros(textOf(Number(cell))) === withoutZeros(String(value));
}

/** A time without the zeros at the end of its fraction. */
function withoutZeros(time: string): string {
  return time.replace(/(\.\d*?)0*Z$/, '$1Z').replace('.Z', 'Z');
}
