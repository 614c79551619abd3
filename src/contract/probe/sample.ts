import { goesOneWay, hasType, isObject, properties, resolve, type Schema } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { sampleText } from './sample-text.js';

const DEPTH = 6;

/** A small value for a schema, from its own examples if it has any; undefined if none can be made. */
export function sample(contract: Contract, source: Schema, pointer: string, depth = 0): unknown {
  const { value: schema, pointer: at } = resolve<Schema>(contract.document, source, pointer);
  if (!isObject(schema)) return schema ? {} : undefined;
  const given = [
    schema.example,
    ...list(schema.examples),
    schema.const,
    schema.default,
    ...list(schema.enum),
  ];
  const first = given.find((value) => value !== undefined && value !== null);
  if (first !== undefined) return first;
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const [branch] = list(schema[keyword]);
    if (branch !== undefined) return sample(contract, branch as Schema, `${at}/${keyword}/0`, depth);
  }
  if (hasType(schema, 'object') || schema.properties !== undefined || schema.allOf !== undefined) {
    return sampleObject(contract, schema, at, depth);
  }
  if (hasType(schema, 'array')) return sampleArray(contract, schema, at, depth);
  if (hasType(schema, 'integer') || hasType(schema, 'number')) return sampleNumber(schema);
  if (hasType(schema, 'boolean')) return true;
  if (hasType(schema, 'null')) return null;
  return sampleText(schema);
}

/** Only required fields, to send nothing unnecessary, and no fields that only the server sets. */
function sampleObject(
  contract: Contract,
  schema: Record<string, unknown>,
  at: string,
  depth: number,
): unknown {
  if (depth > DEPTH) return undefined;
  const known = properties(contract.document, schema, at);
  const entries = requiredFields(contract, schema, at).map((name) => {
    const property = known.get(name);
    if (!property || goesOneWay(contract.document, property.value, 'readOnly', property.pointer)) {
      return [name, undefined];
    }
    return [name, sample(contract, property.value, property.pointer, depth + 1)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Names of the fields that a schema requires, itself or by `allOf`. */
export function requiredFields(contract: Contract, schema: Record<string, unknown>, at: string): string[] {
  return [schema, ...list(schema.allOf).filter(isObject)].flatMap((part) => {
    const { value } = resolve<Schema>(contract.document, part, at);
    return isObject(value) ? list(value.required).map(String) : [];
  });
}

function sampleArray(
  contract: Contract,
  schema: Record<string, unknown>,
  at: string,
  depth: number,
): unknown {
  const length = Number(schema.minItems ?? 0);
  if (length === 0) return [];
  const item = sample(contract, (schema.items ?? true) as Schema, `${at}/items`, depth + 1);
  return Array.from({ length }, () => item);
}

function sampleNumber(schema: Record<string, unknown>): number {
  const step = Number(schema.multipleOf ?? 1);
  const lowest = Number(schema.minimum ?? Number(schema.exclusiveMinimum ?? 0) + step);
  return Math.ceil(lowest / step) * step;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
