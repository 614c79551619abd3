import {
  hasType,
  isObject,
  type Operation,
  type Parameter,
  properties,
  resolve,
  type Schema,
  separatorOf,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { sample } from './sample.js';

/** A value that the parameter's schema accepts: one from the document, else a made-up one. */
export function exampleOf(contract: Contract, parameter: Parameter): unknown {
  const values = [...parameter.examples.map((example) => example.value), ...schemaValues(parameter.schema)];
  const accepted = values.find((value) => accepts(contract, parameter, value));
  if (accepted !== undefined) return accepted;
  const whole = sample(contract, parameter.schema, parameter.schemaPointer);
  const made = isEmpty(whole) ? onePart(contract, parameter, whole) : whole;
  return made !== undefined && accepts(contract, parameter, made) ? made : undefined;
}

function isEmpty(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** An empty list can't be sent, nor an empty object that is written as one text: a value with one part instead. */
function onePart(contract: Contract, parameter: Parameter, empty: object): unknown {
  const { value: schema, pointer } = resolve<Schema>(
    contract.document,
    parameter.schema,
    parameter.schemaPointer,
  );
  if (!isObject(schema)) return undefined;
  if (Array.isArray(empty)) {
    const item = sample(contract, (schema.items as Schema | undefined) ?? true, `${pointer}/items`);
    return item === undefined ? undefined : [item];
  }
  const [member] = properties(contract.document, schema, pointer);
  if (member === undefined || parameter.mediaType !== undefined || isApart(parameter, schema)) return empty;
  const [name, field] = member;
  const value = sample(contract, field.value, field.pointer);
  return value === undefined ? empty : { [name]: value };
}

/** Whether a parameter's schema accepts a value. */
export function accepts(contract: Contract, parameter: Parameter, value: unknown): boolean {
  return contract.accepts(parameter.schemaPointer, value);
}

/** Whether a parameter's schema accepts what a server reads from text. */
export function acceptsText(contract: Contract, parameter: Parameter, text: string): boolean {
  const { value: schema } = resolve<Schema>(contract.document, parameter.schema, parameter.schemaPointer);
  // A single text can't be an object.
  if (isApart(parameter, schema)) return true;
  return readingsOf(text).some(
    (value) =>
      accepts(contract, parameter, value) ||
      (hasType(schema, 'array') && accepts(contract, parameter, [value])),
  );
}

/** Whether a parameter may be sent without leaving a trace: an object whose members are all optional. */
export function canBeEmpty(contract: Contract, parameter: Parameter): boolean {
  const { value: schema } = resolve<Schema>(contract.document, parameter.schema, parameter.schemaPointer);
  return isApart(parameter, schema) && accepts(contract, parameter, {});
}

/** In a query, an object is sent as separate members. */
function isApart({ in: place, explode, style }: Parameter, schema: Schema): boolean {
  return place === 'query' && hasType(schema, 'object') && (explode || style === 'deepObject');
}

/** Text that looks like a number, or like yes or no, may be meant as text. */
function readingsOf(text: string): unknown[] {
  if (/^(?:true|false)$/.test(text)) return [text === 'true', text];
  return /^-?\d+(?:\.\d+)?$/.test(text) ? [Number(text), text] : [text];
}

function schemaValues(schema: Parameter['schema']): unknown[] {
  if (!isObject(schema)) return [];
  const lists = [schema.examples, schema.enum].filter(Array.isArray).flat();
  return [schema.example, schema.default, schema.const, ...lists].filter((value) => value !== undefined);
}

/** What a path, a header or a cookie says of a value (OpenAPI 3.1, style values). A text is sent as it is. */
export function plainText({ explode, mediaType }: Parameter, value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (mediaType !== undefined) return JSON.stringify(value);
  if (Array.isArray(value)) return value.join(',');
  const fields = Object.entries(value);
  return fields.map(([name, inner]) => [name, String(inner)].join(explode ? '=' : ',')).join(',');
}

/** Query pairs for a parameter's value, in its style. A text is sent as it is. */
export function queryPairs(parameter: Parameter, value: unknown): [string, string][] {
  const { name, style, explode, mediaType } = parameter;
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (mediaType !== undefined) return [[name, JSON.stringify(value)]];
  const separator = separatorOf(parameter);
  if (Array.isArray(value)) {
    const texts = value.map(String);
    return explode ? texts.map((text): [string, string] => [name, text]) : [[name, texts.join(separator)]];
  }
  const fields = Object.entries(value).map(([field, inner]): [string, string] => [field, String(inner)]);
  if (style === 'deepObject') return fields.map(([field, text]) => [`${name}[${field}]`, text]);
  return explode ? fields : [[name, fields.flat().join(separator)]];
}

/** The operation's path with its parameters filled in. */
export function fillPath(operation: Operation, values: Readonly<Record<string, string>>): string {
  return operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
