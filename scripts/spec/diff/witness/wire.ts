import { isObject } from '../../../../src/document/index.js';

/** How the values of a parameter or header become text. */
export interface Wire {
  /** Each item of a list is sent by itself. */
  explode: boolean;
  /** Between the items of a list that is sent as one text. */
  separator: string;
}

/**
 * What a server may take a value for that it gets as text: `5` for a number or a text, a single item for a list of one
 * or for itself. Undefined if nothing is sent: for null, an empty list, an empty object.
 */
export function readAsText(value: unknown, from: Wire, to: Wire): unknown[] | undefined {
  if (value === null || value === undefined) return undefined;
  if (isObject(value) && Object.keys(value).length === 0) return undefined;
  if (isObject(value)) return [value, each(value, textOf), each(value, readOf)];
  const items = [value].flat();
  if (items.length === 0) return undefined;
  const texts = from.explode ? items.map(textOf) : [items.map(textOf).join(from.separator)];
  const [only = '', ...others] = texts;
  const isOne = others.length === 0;
  const list = isOne && !to.explode ? only.split(to.separator) : texts;
  return [value, ...(isOne ? [only, readOf(only)] : []), list, list.map(readOf)];
}

function each(value: object, change: (inner: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text as the number or the boolean that it may stand for. */
function readOf(value: unknown): unknown {
  const text = textOf(value);
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : value;
}
