import { isObject, join, patternOf } from '../../../../src/document/index.js';
import { foldBounds, narrowToTypes } from './bounds.js';
import type { ObjectPiece, Schema } from './source.js';
import {
  type Closure,
  type Condition,
  type Contains,
  EMPTY,
  type Opaque,
  type Shape,
  type Union,
} from './types.js';
import { foldTypes, foldValues } from './values.js';

const shapes = new WeakMap<Schema, Shape>();

/** The combined meaning of a schema's pieces. */
export function shapeOf(schema: Schema): Shape {
  const shape = shapes.get(schema) ?? readShape(schema);
  shapes.set(schema, shape);
  return shape;
}

/** From now on, takes the constant of a schema for an enum of one value, which may grow. */
export function readAsEnum(schema: Schema): Shape {
  const shape = shapeOf(schema);
  const asEnum = { ...shape, ...(shape.values && { values: { ...shape.values, constant: false } }) };
  shapes.set(schema, asEnum);
  return asEnum;
}

function readShape(schema: Schema): Shape {
  const pieces = schema.pieces.filter((piece): piece is ObjectPiece => isObject(piece.value));
  const never = schema.pieces.some(({ value }) => value === false);
  const objects = foldObjects(schema, pieces);
  const shape: Shape = {
    ...EMPTY,
    types: foldTypes(pieces),
    values: foldValues(pieces),
    bounds: foldBounds(pieces.map(({ value }) => value)),
    multiples: unique(pieces.flatMap(({ value }) => (isNumber(value.multipleOf) ? [value.multipleOf] : []))),
    patterns: texts(pieces, 'pattern').filter(isPattern),
    formats: texts(pieces, 'format'),
    unique: pieces.some(({ value }) => value.uniqueItems === true),
    ...objects,
    ...foldArrays(schema, pieces),
    ...foldLogic(schema, pieces),
    never,
  };
  return narrowToTypes(shape);
}

function foldObjects(schema: Schema, pieces: readonly ObjectPiece[]): Partial<Shape> {
  const { source } = schema;
  const own = pieces.map((piece) => childrenOf(schema, piece, 'properties'));
  const matching = pieces.map((piece) => childrenOf(schema, piece, 'patternProperties', isPattern));
  const closures = pieces.flatMap((piece, index) => {
    const known = [...(own[index] ?? new Map()).keys()].sort();
    const patterns = [...(matching[index] ?? new Map()).keys()].sort();
    const rest = childOf(schema, piece, 'additionalProperties');
    return rest ? [{ known, patterns, rest }] : [];
  });
  const patternProperties = merge(schema, matching);
  const properties = new Map<string, Schema>();
  for (const [name, property] of merge(schema, own)) {
    const byPattern = [...patternProperties].flatMap(([pattern, value]) =>
      patternOf(pattern).test(name) ? [value] : [],
    );
    const byRest = closures.flatMap((closure) => (covers(closure, name) ? [] : [closure.rest]));
    properties.set(
      name,
      byPattern.length + byRest.length === 0 ? property : source.all([property, ...byPattern, ...byRest]),
    );
  }
  const mark = source.direction === 'sent' ? 'readOnly' : 'writeOnly';
  const hidden = new Set(
    [...properties].flatMap(([name, value]) => (value.note(mark) === true ? [name] : [])),
  );
  for (const name of hidden) properties.delete(name);
  const required = unique(pieces.flatMap(({ value }) => strings(value.required)));
  return {
    properties,
    hidden,
    required: required.filter((name) => !hidden.has(name)).sort(),
    patternProperties,
    closures,
    propertyNames: together(schema, pieces, 'propertyNames'),
    dependentRequired: foldDependents(pieces, hidden),
    dependentSchemas: merge(
      schema,
      pieces.map((piece) => childrenOf(schema, piece, 'dependentSchemas')),
    ),
  };
}

/** Whether the closure itself declares the member. */
export function covers({ known, patterns }: Closure, name: string): boolean {
  return known.includes(name) || patterns.some((pattern) => patternOf(pattern).test(name));
}

function foldDependents(pieces: readonly ObjectPiece[], hidden: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { value } of pieces) {
    if (!isObject(value.dependentRequired)) continue;
    for (const [name, needed] of Object.entries(value.dependentRequired)) {
      const names = unique([...(found.get(name) ?? []), ...strings(needed)]).filter((n) => !hidden.has(n));
      if (names.length > 0 && !hidden.has(name)) found.set(name, names.sort());
    }
  }
  return found;
}

function foldArrays(schema: Schema, pieces: readonly ObjectPiece[]): Partial<Shape> {
  const withTuples = pieces.filter(({ value }) => Array.isArray(value.prefixItems));
  const withItems = pieces.filter(({ value }) => value.items !== undefined);
  const contains = pieces.flatMap((piece): Contains[] => {
    const inner = childOf(schema, piece, 'contains', true);
    if (!inner) return [];
    const { minContains, maxContains } = piece.value;
    return [
      {
        schema: inner,
        min: isNumber(minContains) ? minContains : 1,
        ...(isNumber(maxContains) && { max: maxContains }),
      },
    ];
  });
  // `items` begins where the tuple of the same piece ends, so tuples of several pieces can't be merged.
  const mixed = withTuples.length > 0 && new Set([...withTuples, ...withItems]).size > 1;
  if (mixed) return { contains };
  const [tuple] = withTuples;
  const prefixItems = ((tuple?.value.prefixItems ?? []) as unknown[]).map((value, index) =>
    schema.source.at(join(tuple?.pointer ?? '', 'prefixItems', index), value),
  );
  // That no item may follow is a bound of the list.
  const ends = withItems.some(({ value }) => value.items === false);
  return { contains, prefixItems, items: ends ? undefined : together(schema, pieces, 'items') };
}

const UNEVALUATED = ['unevaluatedProperties', 'unevaluatedItems'];

function foldLogic(schema: Schema, pieces: readonly ObjectPiece[]): Partial<Shape> {
  const unions: Union[] = [];
  const conditions: Condition[] = [];
  for (const piece of pieces) {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const list = piece.value[keyword];
      if (!Array.isArray(list) || list.length === 0) continue;
      const branches = list.map((value, index) =>
        schema.source.at(join(piece.pointer, keyword, index), value),
      );
      unions.push({ keyword, branches });
    }
    const test = childOf(schema, piece, 'if', true);
    const [then, otherwise] = (['then', 'else'] as const).map((k) => childOf(schema, piece, k));
    if (test && (then || otherwise)) {
      conditions.push({ if: test, ...(then && { then }), ...(otherwise && { else: otherwise }) });
    }
  }
  const tuples = pieces.some(({ value }) => Array.isArray(value.prefixItems));
  const mixed = tuples && pieces.filter(({ value }) => value.prefixItems ?? value.items).length > 1;
  const opaque = pieces.flatMap(({ pointer, value }): Opaque[] => {
    const unevaluated = Object.fromEntries(UNEVALUATED.flatMap((k) => (k in value ? [[k, value[k]]] : [])));
    const depends = Object.keys(unevaluated).length > 0 || (mixed && 'prefixItems' in value);
    return depends ? [{ side: schema.source.side, pointer, unevaluated }] : [];
  });
  const not = pieces.flatMap((piece) => childOf(schema, piece, 'not', true) ?? []);
  return { unions, conditions, not, opaque };
}

function childrenOf(
  schema: Schema,
  piece: ObjectPiece,
  keyword: string,
  keep: (name: string) => boolean = () => true,
): Map<string, Schema> {
  const map = piece.value[keyword];
  if (!isObject(map)) return new Map();
  return new Map(
    Object.entries(map)
      .filter(([name]) => keep(name))
      .map(([name, value]) => [name, schema.source.at(join(piece.pointer, keyword, name), value)]),
  );
}

/** The schema under a keyword, unless it allows everything. */
function childOf(schema: Schema, piece: ObjectPiece, keyword: string, always = false): Schema | undefined {
  const value = piece.value[keyword];
  if (value === undefined || (!always && isTrivial(value))) return undefined;
  return schema.source.at(join(piece.pointer, keyword), value);
}

function together(schema: Schema, pieces: readonly ObjectPiece[], keyword: string): Schema | undefined {
  const found = pieces.flatMap((piece) => childOf(schema, piece, keyword) ?? []);
  return found.length > 1 ? schema.source.all(found) : found[0];
}

function merge(schema: Schema, maps: readonly ReadonlyMap<string, Schema>[]): Map<string, Schema> {
  const lists = new Map<string, Schema[]>();
  for (const [name, value] of maps.flatMap((map) => [...map])) {
    lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return new Map(
    [...lists].map(([name, list]) => [
      name,
      list.length === 1 ? (list[0] as Schema) : schema.source.all(list),
    ]),
  );
}

function isTrivial(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0);
}

function isPattern(text: string): boolean {
  try {
    return patternOf(text) !== undefined;
  } catch {
    return false;
  }
}

function texts(pieces: readonly ObjectPiece[], keyword: string): string[] {
  return unique(
    pieces.flatMap(({ value }) => (typeof value[keyword] === 'string' ? [value[keyword]] : [])),
  ).sort();
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
