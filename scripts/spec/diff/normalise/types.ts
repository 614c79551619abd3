import type { JsonObject } from '../../../../src/document/index.js';
import type { Side } from '../types.js';
import type { Schema } from './source.js';

/** An object may have other members than the known ones, as far as `rest` allows them. */
export interface Closure {
  known: readonly string[];
  patterns: readonly string[];
  rest: Schema;
}

export interface Union {
  keyword: 'anyOf' | 'oneOf';
  branches: readonly Schema[];
}

export interface Condition {
  if: Schema;
  then?: Schema;
  else?: Schema;
}

export interface Contains {
  schema: Schema;
  min: number;
  max?: number;
}

/** A schema whose `unevaluated…` or tuples depend on neighbouring keywords; used as it is written. */
export interface Opaque {
  side: Side;
  pointer: string;
  /** Its `unevaluated…` keywords. */
  unevaluated: JsonObject;
}

/** The values in a list of constants; readers don't expect a `const` to get more values. */
export interface Values {
  list: readonly unknown[];
  constant: boolean;
}

/** The combined meaning of a schema's pieces, each part in one form. It has nothing that doesn't constrain values. */
export interface Shape {
  types: readonly string[] | undefined;
  values: Values | undefined;
  /** `minimum`, `maxLength` and the like. */
  bounds: Readonly<Record<string, number>>;
  multiples: readonly number[];
  patterns: readonly string[];
  formats: readonly string[];
  unique: boolean;
  required: readonly string[];
  properties: ReadonlyMap<string, Schema>;
  /** Members that only exist in the other direction (`readOnly`, `writeOnly`). */
  hidden: ReadonlySet<string>;
  patternProperties: ReadonlyMap<string, Schema>;
  closures: readonly Closure[];
  propertyNames: Schema | undefined;
  dependentRequired: ReadonlyMap<string, readonly string[]>;
  dependentSchemas: ReadonlyMap<string, Schema>;
  prefixItems: readonly Schema[];
  items: Schema | undefined;
  contains: readonly Contains[];
  unions: readonly Union[];
  not: readonly Schema[];
  conditions: readonly Condition[];
  opaque: readonly Opaque[];
  never: boolean;
}

export const EMPTY: Shape = {
  types: undefined,
  values: undefined,
  bounds: {},
  multiples: [],
  patterns: [],
  formats: [],
  unique: false,
  required: [],
  properties: new Map(),
  hidden: new Set(),
  patternProperties: new Map(),
  closures: [],
  propertyNames: undefined,
  dependentRequired: new Map(),
  dependentSchemas: new Map(),
  prefixItems: [],
  items: undefined,
  contains: [],
  unions: [],
  not: [],
  conditions: [],
  opaque: [],
  never: false,
};
