import { isObject, type JsonObject, type OpenApiDocument, resolve } from '../../../src/document/index.js';

/** Members that inform people about a part of the document, and promise nothing. */
const SENTENCES: readonly string[] = ['title', 'summary', 'description', 'externalDocs'];
const EXAMPLES: readonly string[] = ['example', 'examples'];

/** Members whose own members are named by the API: a field called `description` isn't a sentence. */
const NAMED: readonly string[] = [
  'paths',
  'webhooks',
  'schemas',
  'parameters',
  'headers',
  'responses',
  'requestBodies',
  'securitySchemes',
  'pathItems',
  'callbacks',
  'content',
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'variables',
];

/** Members that hold plain values, in which no member has a meaning. */
const VALUES: readonly string[] = ['default', 'const', 'enum', 'mapping'];

/** The scopes of a security flow: their names, each with a description. */
const SCOPES = 'scopes';

export type Role = 'sentence' | 'example' | 'extension' | 'value' | 'named' | 'scopes' | 'part';

/** The role of a member in a part of the document. */
export function roleOf(key: string): Role {
  if (SENTENCES.includes(key)) return 'sentence';
  if (EXAMPLES.includes(key)) return 'example';
  if (key.startsWith('x-')) return 'extension';
  if (VALUES.includes(key)) return 'value';
  if (key === SCOPES) return 'scopes';
  return NAMED.includes(key) ? 'named' : 'part';
}

/**
 * Compares two documents. Returns a function that says whether two parts promise the same, following references, and
 * ignoring sentences, examples, and extensions that only the first has.
 */
export function compareFacts(ours: OpenApiDocument, theirs: OpenApiDocument) {
  // Schemas may contain themselves, so a pair under comparison counts as the same until a difference is found.
  const known = new Map<string, boolean>();

  const same = (a: unknown, b: unknown, named = false): boolean => {
    if (isReference(a) && isReference(b)) {
      const pair = `${a.$ref} ${b.$ref}`;
      const before = known.get(pair);
      if (before !== undefined) return before;
      known.set(pair, true);
      const found = sameParts(a, b, named);
      known.set(pair, found);
      return found;
    }
    return sameParts(a, b, named);
  };

  const sameParts = (a: unknown, b: unknown, named: boolean): boolean => {
    const left = followed(ours, a);
    const right = followed(theirs, b);
    if (Array.isArray(left) && Array.isArray(right)) {
      const others = right.map((item) => followed(theirs, item));
      return (
        left.length === right.length &&
        left.every((item, index) => same(item, right[counterpart(followed(ours, item), others) ?? index]))
      );
    }
    if (!isObject(left) || !isObject(right)) return left === right;
    const facts = (part: JsonObject, other: JsonObject) =>
      Object.keys(part).filter((key) => named || (isFact(key, other) && !isNothing(key, part[key])));
    const keys = facts(left, right);
    return (
      keys.length === facts(right, left).length &&
      keys.every(
        (key) => Object.hasOwn(right, key) && sameMember(named ? 'part' : roleOf(key), left[key], right[key]),
      )
    );
  };

  const sameMember = (role: Role, a: unknown, b: unknown): boolean => {
    if (role === 'value') return JSON.stringify(a) === JSON.stringify(b);
    if (role === 'scopes') return isObject(a) && isObject(b) && `${Object.keys(a)}` === `${Object.keys(b)}`;
    return same(a, b, role === 'named');
  };

  return same;
}

/**
 * The facts that a sentence about a part describes: what the part says about itself, without its members. An operation
 * does the same as before, whatever it takes and answers.
 */
export function ownFacts(document: OpenApiDocument, part: JsonObject): string {
  if ('responses' in part) return JSON.stringify(part.deprecated === true);
  const scalars = Object.entries(part).filter(([key, value]) => isFact(key, {}) && !holdsParts(value));
  const below = ['schema', 'items'].flatMap((key) => {
    const member = followed(document, part[key]);
    return isObject(member) ? [ownFacts(document, member)] : [];
  });
  return JSON.stringify([scalars.sort(([a], [b]) => (a < b ? -1 : 1)), below]);
}

/** The index of the corresponding item, with the same name, URL or operation. */
export function counterpart(item: unknown, others: readonly unknown[]): number | undefined {
  const key = identity(item);
  if (key === undefined) return undefined;
  const index = others.findIndex((other) => identity(other) === key);
  return index < 0 ? undefined : index;
}

export function followed(document: OpenApiDocument, value: unknown): unknown {
  if (!isReference(value)) return value;
  const { $ref: _, ...beside } = value;
  const target = resolve(document, value, '#').value;
  return Object.keys(beside).length > 0 && isObject(target) ? { ...target, ...beside } : target;
}

export function isReference(value: unknown): value is JsonObject & { $ref: string } {
  return isObject(value) && typeof value.$ref === 'string';
}

function isFact(key: string, other: JsonObject): boolean {
  const role = roleOf(key);
  return role !== 'sentence' && role !== 'example' && (role !== 'extension' || Object.hasOwn(other, key));
}

/** An empty list of parameters is the same as none. */
function isNothing(key: string, value: unknown): boolean {
  return key === 'parameters' && Array.isArray(value) && value.length === 0;
}

function holdsParts(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((item) => typeof item === 'object' && item !== null)
    : isObject(value);
}

/** Parameters are identified by place and name, tags by name, servers by URL. */
function identity(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  if (typeof item.name === 'string') return `${String(item.in ?? 'tag')} ${item.name}`;
  return typeof item.url === 'string' ? item.url : undefined;
}
