import type { JsonObject } from '../../../../src/document/index.js';
import type { Shape } from './types.js';
import { allowsType, typeOf, typesOf } from './values.js';

/** Lower bounds, and the value at which each has no effect. Of several bounds the largest applies. */
export const LOWER: Readonly<Record<string, number>> = {
  minimum: Number.NEGATIVE_INFINITY,
  exclusiveMinimum: Number.NEGATIVE_INFINITY,
  minLength: 0,
  minItems: 0,
  minProperties: 0,
};

/** Upper bounds. Of several the smallest applies. */
export const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

export function foldBounds(schemas: readonly JsonObject[]): Record<string, number> {
  const bounds: Record<string, number> = {};
  for (const schema of schemas) {
    for (const [keyword, none] of Object.entries(LOWER)) {
      const bound = schema[keyword];
      if (typeof bound === 'number' && bound > (bounds[keyword] ?? none)) bounds[keyword] = bound;
    }
    // Where the tuple ends and nothing may follow, so does the list.
    const end = schema.items === false ? lengthOf(schema.prefixItems) : undefined;
    for (const keyword of UPPER) {
      const bound = keyword === 'maxItems' ? least(schema.maxItems, end) : schema[keyword];
      if (typeof bound === 'number' && bound < (bounds[keyword] ?? Number.POSITIVE_INFINITY))
        bounds[keyword] = bound;
    }
  }
  return bounds;
}

function lengthOf(tuple: unknown): number {
  return Array.isArray(tuple) ? tuple.length : 0;
}

function least(bound: unknown, other: number | undefined): unknown {
  if (other === undefined) return bound;
  return typeof bound === 'number' ? Math.min(bound, other) : other;
}

const ABOUT: Readonly<Record<string, readonly string[]>> = {
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
  object: ['minProperties', 'maxProperties'],
};

/** Drops constraints on types that aren't allowed: `maxLength` has no effect on an integer. */
export function narrowToTypes(shape: Shape): Shape {
  const values = shape.values && {
    ...shape.values,
    list: shape.values.list.filter((value) => allowsType(shape.types, typeOf(value))),
  };
  const types = values ? typesOf(values.list) : shape.types;
  const allows = (type: string) =>
    allowsType(types, type) || (type === 'number' && allowsType(types, 'integer'));
  const bounds = { ...shape.bounds };
  for (const [type, keywords] of Object.entries(ABOUT)) {
    if (!allows(type)) for (const keyword of keywords) delete bounds[keyword];
  }
  if (types?.includes('integer') && !types.includes('number')) boundIntegers(bounds);
  return {
    ...shape,
    never: shape.never || types?.length === 0,
    types,
    values,
    bounds,
    multiples: allows('number') ? shape.multiples : [],
    ...(allows('string') ? {} : { patterns: [], formats: shape.formats.filter(() => allows('number')) }),
    ...(allows('array') ? {} : { unique: false, prefixItems: [], items: undefined, contains: [] }),
    ...(allows('object')
      ? {}
      : {
          required: [],
          properties: new Map(),
          patternProperties: new Map(),
          closures: [],
          propertyNames: undefined,
          dependentRequired: new Map(),
          dependentSchemas: new Map(),
        }),
  };
}

/** For integers, "more than 0" and "at least 1" are the same. */
function boundIntegers(bounds: Record<string, number>): void {
  const { exclusiveMinimum, exclusiveMaximum } = bounds;
  if (exclusiveMinimum !== undefined) {
    bounds.minimum = Math.max(bounds.minimum ?? Number.NEGATIVE_INFINITY, Math.floor(exclusiveMinimum) + 1);
    delete bounds.exclusiveMinimum;
  }
  if (exclusiveMaximum !== undefined) {
    bounds.maximum = Math.min(bounds.maximum ?? Number.POSITIVE_INFINITY, Math.ceil(exclusiveMaximum) - 1);
    delete bounds.exclusiveMaximum;
  }
}
