import {
  bodySchema,
  declaredResponse,
  isObject,
  join,
  patternOf,
  properties,
  resolve,
  type Schema,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';

/** Most unknown fields of one answer that are reported. */
const MOST = 100;

export interface UnknownField {
  /** JSON pointer into the value. */
  path: string;
  value: unknown;
  /** The schema that lacks the field. */
  pointer: string;
}

const known = new WeakMap<Exchange, UnknownField[] | undefined>();

/** The unknown fields in an answer's body, searched once; undefined if the document has no schema for it. */
export function unknownFieldsOf(contract: Contract, exchange: Exchange): UnknownField[] | undefined {
  if (!known.has(exchange)) known.set(exchange, fieldsIn(contract, exchange));
  return known.get(exchange);
}

function fieldsIn(contract: Contract, { operation, response, json }: Exchange): UnknownField[] | undefined {
  const declared = declaredResponse(operation, response.status);
  const pointer = declared && bodySchema(declared, response.headers.get('content-type'));
  return pointer === undefined || json === undefined
    ? undefined
    : unknownFields(contract, pointer, json.value);
}

/**
 * The body of an answer without the fields that the document lacks. These may differ from answer to answer: they are
 * drift, which has its own rule, and don't count as disagreement.
 */
export function bodyWithoutUnknownFields(contract: Contract, exchange: Exchange): unknown {
  const { operation, response, json } = exchange;
  if ((unknownFieldsOf(contract, exchange) ?? []).length === 0) return json?.value;
  const declared = declaredResponse(operation, response.status);
  const pointer = declared && bodySchema(declared, response.headers.get('content-type'));
  const names = new Map<object, Set<string>>();
  const note: Note = (object, name) => names.set(object, (names.get(object) ?? new Set()).add(name));
  if (pointer !== undefined) visitUnknown(contract, pointer, '', json?.value, note);
  return without(names, json?.value);
}

/** A copy of a value without some members of its objects. */
function without(names: ReadonlyMap<object, ReadonlySet<string>>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => without(names, item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !names.get(value)?.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, without(names, member)]));
}

/**
 * The fields of a value that its schema allows but doesn't declare. If an object declares no properties, its members
 * are free and all count as known. For a list, only the first item with a field is reported.
 */
export function unknownFields(contract: Contract, pointer: string, value: unknown): UnknownField[] {
  const found = new Map<string, UnknownField>();
  visitUnknown(contract, pointer, '', value, (object, name, path, here) => {
    const cause = `${here} ${name}`;
    if (!found.has(cause) && found.size < MOST)
      found.set(cause, { path: join(path, name), value: object[name], pointer: here });
  });
  return [...found.values()];
}

/** Takes note of a member that the schema of its object, at a place of the document, doesn't declare. */
type Note = (object: Record<string, unknown>, name: string, path: string, pointer: string) => void;

function visitUnknown(contract: Contract, at: string, path: string, current: unknown, note: Note): void {
  const { schema, pointer: here, known } = describe(contract, at);
  if (!isObject(schema) || typeof current !== 'object' || current === null) return;
  const branch = matchingBranch(contract, schema, here, current);
  if (branch !== undefined) {
    visitUnknown(contract, branch, path, current, note);
    return;
  }
  if (Array.isArray(current)) {
    if (schema.items === undefined) return;
    for (const [index, item] of current.entries())
      visitUnknown(contract, join(here, 'items'), `${path}/${index}`, item, note);
    return;
  }
  for (const [name, member] of Object.entries(current)) {
    const property = known.get(name);
    if (property) visitUnknown(contract, property.pointer, join(path, name), member, note);
    else if (isObject(schema.additionalProperties))
      visitUnknown(contract, join(here, 'additionalProperties'), join(path, name), member, note);
    else if (known.size > 0 && !matchesPattern(schema, name))
      note(current as Record<string, unknown>, name, path, here);
  }
}

interface Described {
  schema: Schema;
  /** Where it is, after following all references. */
  pointer: string;
  known: ReadonlyMap<string, { pointer: string }>;
}

const described = new WeakMap<Contract, Map<string, Described>>();

/** A schema with its properties; cached, since lists use the same schema again and again. */
function describe(contract: Contract, at: string): Described {
  const schemas = described.get(contract) ?? new Map<string, Described>();
  described.set(contract, schemas);
  let found = schemas.get(at);
  if (!found) {
    const { value: schema, pointer } = resolve<Schema>(contract.document, { $ref: at }, at);
    found = { schema, pointer, known: properties(contract.document, schema, pointer) };
    schemas.set(at, found);
  }
  return found;
}

/** The branch of a union that accepts the value. */
function matchingBranch(contract: Contract, schema: Record<string, unknown>, at: string, value: unknown) {
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    const index = branches.findIndex((_, i) => contract.accepts(join(at, keyword, i), value));
    if (index >= 0) return join(at, keyword, index);
  }
  return undefined;
}

function matchesPattern(schema: Record<string, unknown>, name: string): boolean {
  return isObject(schema.patternProperties)
    ? Object.keys(schema.patternProperties).some((pattern) => matches(pattern, name))
    : false;
}

/** An invalid pattern is a fault of the document; it may have been meant to match the name. */
function matches(pattern: string, name: string): boolean {
  try {
    return patternOf(pattern).test(name);
  } catch {
    return true;
  }
}
