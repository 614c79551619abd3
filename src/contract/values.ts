import { isObject, type Operation, type Parameter } from '../document/index.js';
import type { Contract } from './contract.js';

/** A value that the document itself gives for a parameter and that its schema accepts. */
export function exampleOf(contract: Contract, parameter: Parameter): unknown {
  const values = [...parameter.examples.map((example) => example.value), ...schemaValues(parameter.schema)];
  return values.find((value) => contract.validation.accepts(parameter.schemaPointer, value));
}

function schemaValues(schema: Parameter['schema']): unknown[] {
  if (!isObject(schema)) return [];
  const lists = [schema.examples, schema.enum].filter(Array.isArray).flat();
  return [schema.example, schema.default, schema.const, ...lists].filter((value) => value !== undefined);
}

/** Query pairs of a parameter's value, in its style: exploded or comma-separated. */
export function queryPairs(parameter: Parameter, value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [[parameter.name, String(value)]];
  const texts = value.map(String);
  return parameter.explode
    ? texts.map((text): [string, string] => [parameter.name, text])
    : [[parameter.name, texts.join(',')]];
}

/** The operation's path with its parameters filled in. */
export function fillPath(operation: Operation, values: ReadonlyMap<string, string>): string {
  return operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(values.get(name) ?? ''),
  );
}
