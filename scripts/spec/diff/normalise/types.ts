import type { JsonObject } from '../../../../src/document/index.js';
import type { Side } from '../types.js';
import type { Schema } from './source.js';

/** Objects may have other members than those it knows, as far as `rest` allows them. */
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

/** A schema whose `unevaluated…` or tuples depend on what stands beside them: taken as it is written. */
export interface Opaque {
  side: Side;
  pointer: string;
  /** Its `unevaluated…` keywords. */
  unevaluated: JsonObject;
}

/** The values that a list of constants allows; a `const` is one that no reader expects to grow. */
export interface Values {
  list: readonly unknown[];
  constant: boolean;
}

/** What the pieces of a schema say together, each thing in one way. What constrains nothing isn't here. */
export interface Shape {
  types: readonly string[] | undefined;
  values: Values | undefined;
  /** `minimum`, `maxLength` and their like. */
  bounds: Readonly<Record<string, number>>;
  multiples: readonly number[];
  patterns: readonly string[];
  formats: readonly string[];
  unique: boolean;
  required: readonly string[];
  properties: ReadonlyMap<string, Schema>;
  /** Members that the other direction alone has (`readOnly`, `writeOnly`). */
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
