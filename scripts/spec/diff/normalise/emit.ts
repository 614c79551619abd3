import { type JsonObject, tokens } from '../../../../src/document/index.js';
import type { Side } from '../types.js';
import type { Schema } from './source.js';
import type { Closure, Opaque, Shape } from './types.js';
import { typesOf } from './values.js';

/**
 * How strictly a document is read. A reader of answers is `tolerant`: it accepts new members and new enum values, and
 * doesn't mind if several branches of a union fit.
 */
export type Reading = 'strict' | 'tolerant';

/** Writes the schemas inside another one, for example as references or as `true`. */
export type Within = (schema: Schema, reading: Reading) => JsonObject | boolean;

/** A shape as a JSON Schema. */
export function toJsonSchema(shape: Shape, reading: Reading, within: Within): JsonObject | boolean {
  if (shape.never || shape.values?.list.length === 0 || shape.types?.length === 0) return false;
  const inner = (schema: Schema) => within(schema, reading);
  // A schema used as a test must not become easier to meet than it is written.
  const test = (schema: Schema) => within(schema, 'strict');
  const all: JsonObject[] = [
    ...shape.patterns.map((pattern) => ({ pattern })),
    ...shape.formats.map((format) => ({ format })),
    ...shape.multiples.map((multipleOf) => ({ multipleOf })),
    ...shape.unions.map(({ keyword, branches }) => ({
      [reading === 'tolerant' ? 'anyOf' : keyword]: branches.map(inner),
    })),
    ...shape.not.map((schema) => ({ not: test(schema) })),
    ...shape.conditions.map((condition) => ({
      if: test(condition.if),
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
      ...(condition.then && { then: inner(condition.then) }),
      ...(condition.else && { else: inner(condition.else) }),
    })),
    ...shape.contains.map(({ schema, min, max }) => ({
      contains: test(schema),
      minContains: min,
      ...(max !== undefined && { maxContains: max }),
    })),
    ...closuresOf(shape.closures, reading, inner),
    ...shape.opaque.flatMap((piece) => opaque(piece, reading)),
  ];
  const open = reading === 'tolerant' && shape.values && !shape.values.constant;
  return {
    ...(shape.values && !open ? { enum: shape.values.list } : {}),
    ...(shape.types && (open || !shape.values)
      ? { type: open ? typesOf(shape.values?.list ?? []) : shape.types }
      : {}),
    ...shape.bounds,
    ...(shape.unique && { uniqueItems: true }),
    ...(shape.required.length > 0 && { required: shape.required }),
    ...mapped('properties', shape.properties, inner),
    ...mapped('patternProperties', shape.patternProperties, inner),
    ...mapped('dependentSchemas', shape.dependentSchemas, inner),
    ...(shape.dependentRequired.size > 0 && {
      dependentRequired: Object.fromEntries(shape.dependentRequired),
    }),
    ...(shape.propertyNames && { propertyNames: inner(shape.propertyNames) }),
    ...(shape.prefixItems.length > 0 && { prefixItems: shape.prefixItems.map(inner) }),
    ...(shape.items && { items: inner(shape.items) }),
    ...(all.length > 0 && { allOf: all }),
  };
}

function mapped(keyword: string, schemas: ReadonlyMap<string, Schema>, inner: (schema: Schema) => unknown) {
  if (schemas.size === 0) return {};
  return { [keyword]: Object.fromEntries([...schemas].map(([name, schema]) => [name, inner(schema)])) };
}

function closuresOf(
  closures: readonly Closure[],
  reading: Reading,
  inner: (schema: Schema) => JsonObject | boolean,
): JsonObject[] {
  return closures.flatMap(({ known, patterns, rest }) => {
    const isClosed = rest.pieces.some(({ value }) => value === false);
    if (isClosed && reading === 'tolerant') return [];
    return [
      {
        properties: Object.fromEntries(known.map((name) => [name, true])),
        patternProperties: Object.fromEntries(patterns.map((pattern) => [pattern, true])),
        additionalProperties: inner(rest),
      },
    ];
  });
}

/** As it is written: a reference into the document itself. */
function opaque({ side, pointer, unevaluated }: Opaque, reading: Reading): JsonObject[] {
  const closes = Object.values(unevaluated).includes(false);
  return reading === 'tolerant' && closes ? [] : [{ $ref: inDocument(side, pointer) }];
}

/** How validators refer to a place in a whole document. */
export function inDocument(side: Side, pointer: string): string {
  const path = tokens(pointer).map((token) =>
    encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return `${side}-document#/${path.join('/')}`;
}
