import { isDeepStrictEqual } from 'node:util';
import type { ObjectPiece } from './source.js';
import type { Values } from './types.js';

/** The types that all pieces allow, in a fixed order; undefined if none restricts them. */
export function foldTypes(pieces: readonly ObjectPiece[]): string[] | undefined {
  let types: string[] | undefined;
  for (const { value, nullable } of pieces) {
    if (typeof value.type !== 'string' && !Array.isArray(value.type)) continue;
    const own = [value.type, ...(nullable ? ['null'] : [])].flat().map(String);
    types = types === undefined ? own : types.flatMap((type) => common(type, own) ?? []);
  }
  if (types === undefined) return undefined;
  const named = new Set(types);
  if (named.has('number')) named.delete('integer');
  return named.size === ALL.length ? undefined : [...named].sort();
}

const ALL = ['array', 'boolean', 'null', 'number', 'object', 'string'];

/** Every integer is a number (JSON Schema Validation, section 6.1.1). */
function common(type: string, others: readonly string[]): string | undefined {
  if (others.includes(type)) return type;
  if (type === 'number' && others.includes('integer')) return 'integer';
  return type === 'integer' && others.includes('number') ? 'integer' : undefined;
}

/** The constants that all pieces allow; undefined if none lists any. */
export function foldValues(pieces: readonly ObjectPiece[]): Values | undefined {
  let values: Values | undefined;
  for (const { value, nullable } of pieces) {
    const lists = [
      ...('const' in value ? [{ list: [value.const], constant: true }] : []),
      ...(Array.isArray(value.enum) ? [{ list: value.enum, constant: false }] : []),
    ];
    for (const { list: own, constant } of lists) {
      const list = nullable && !own.includes(null) ? [...own, null] : own;
      const isAllowed = (one: unknown) => list.some((other) => isDeepStrictEqual(one, other));
      values = values
        ? { list: values.list.filter(isAllowed), constant: constant || values.constant }
        : { list, constant };
    }
  }
  return values;
}

/** The JSON type of a value, under its name in schemas. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** The types of the values; `number` includes integers. */
export function typesOf(values: readonly unknown[]): string[] {
  const types = new Set(values.map(typeOf));
  if (types.has('number')) types.delete('integer');
  return [...types].sort();
}

export function allowsType(types: readonly string[] | undefined, type: string): boolean {
  return types === undefined || types.includes(type) || (type === 'integer' && types.includes('number'));
}
