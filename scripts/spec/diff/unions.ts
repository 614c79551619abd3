import { isDeepStrictEqual } from 'node:util';
import {
  isObject,
  type JsonObject,
  lookup,
  type OpenApiDocument,
  referenceOf,
} from '../../../src/document/index.js';
import type { RawChange } from './types.js';

/**
 * Where a schema became a union of which its former self is a branch, or the reverse, puts one change in place of
 * those of its keywords: `string` → `oneOf [string, EVSE]` only allows more, whatever moved.
 */
export function mergeUnions(
  changes: readonly RawChange[],
  base: OpenApiDocument,
  revision: OpenApiDocument,
): RawChange[] {
  const merged = new Map<string, RawChange>();
  for (const change of changes.filter(isUnionChange)) {
    const path = change.path.replace(/\/(anyOf|oneOf)$/, '');
    const sides = sidesOf(changes, path, change);
    if (!sides) continue;
    const before = lookup(base, sides.base);
    const after = lookup(revision, sides.revision);
    const extent = isBranch(before, after) ? 'wider' : isBranch(after, before) ? 'narrower' : undefined;
    if (!extent) continue;
    const expandable = extent === 'wider' && becameExpandable(before, after, revision, sides.revision);
    merged.set(path, {
      kind: 'modified',
      typeName: 'Schema',
      property: 'union',
      path,
      base: { pointer: sides.base },
      revision: { pointer: sides.revision },
      impact: 'minor',
      verdicts: [],
      union: { extent, expandable },
    });
  }
  const isMerged = (change: RawChange) =>
    merged.has(isUnionChange(change) ? change.path.replace(/\/(anyOf|oneOf)$/, '') : change.path) &&
    (isUnionChange(change) || (change.kind === 'modified' && change.typeName === 'Schema'));
  return [...changes.filter((change) => !isMerged(change)), ...merged.values()];
}

function isUnionChange({ typeName, kind }: RawChange): boolean {
  return (typeName === 'AnyOf' || typeName === 'OneOf') && kind !== 'modified';
}

/** Where the schema stands on both sides: the union on one, a keyword beside it on the other. */
function sidesOf(
  changes: readonly RawChange[],
  path: string,
  union: RawChange,
): { base: string; revision: string } | undefined {
  const parent = (pointer: string | undefined, last: string | undefined) =>
    pointer !== undefined && last !== undefined && pointer.endsWith(`/${last}`)
      ? pointer.slice(0, -last.length - 1)
      : pointer;
  const beside = changes.find((c) => c.path === path && c.kind === 'modified' && c.base && c.revision);
  const keyword = union.path.split('/').at(-1);
  const base = parent(union.base?.pointer, keyword) ?? parent(beside?.base?.pointer, beside?.property);
  const revision =
    parent(union.revision?.pointer, keyword) ?? parent(beside?.revision?.pointer, beside?.property);
  return base !== undefined && revision !== undefined ? { base, revision } : undefined;
}

function isBranch(schema: unknown, union: unknown): boolean {
  if (!isObject(schema) || !isObject(union)) return false;
  const branches = [union.anyOf, union.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return branches.some((branch) => isObject(branch) && isDeepStrictEqual(values(branch), values(schema)));
}

/** The keywords that constrain values. */
function values(schema: JsonObject): JsonObject {
  const { description, title, example, examples, deprecated, ...rest } = schema;
  return rest;
}

/** The client answers with the object only to callers that ask for it with `expand`. */
function becameExpandable(
  before: unknown,
  after: unknown,
  document: OpenApiDocument,
  pointer: string,
): boolean {
  if (!isObject(before) || !isObject(after) || referenceOf(document, after, pointer) === undefined)
    return false;
  const branches = [after.anyOf, after.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return branches.length === 2;
}
