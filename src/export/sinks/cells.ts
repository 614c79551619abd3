import { jsonOf } from '../json.js';

/** A cell as read from a file, to be written back unchanged. */
export class Cell {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value as a cell: what is nested is JSON, and null or absent is empty. */
export function cellOf(value: unknown): string {
  if (value instanceof Cell) return value.text;
  if (value === null || value === undefined) return '';
  return quoted(typeof value === 'object' ? jsonOf(value) : String(value));
}

/** A text as a cell (RFC 4180). */
export function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A field of an item. Its name may be that of a member that every object has: `constructor`. */
export function ownValue(item: object, name: string): unknown {
  return Object.hasOwn(item, name) ? (item as Record<string, unknown>)[name] : undefined;
}
