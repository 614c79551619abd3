import { isObject, join, type OpenApiDocument } from '../../../../src/document/index.js';
import { shapeOf } from '../normalise/shape.js';
import { bestPairs, nameSimilarity, similarity } from '../normalise/similarity.js';
import type { Schema, Source } from '../normalise/source.js';
import type { Impact } from '../types.js';
import type { Difference } from './difference.js';

/** Least similarity for a new type to count as a renamed one. */
const RENAMED = 0.75;

/** Finds renamed schemas of `components`, since the client exports each of them as a type. */
export function findRenamed(before: Source, after: Source): Map<string, string> {
  const [left, right] = [typesOf(before), typesOf(after)];
  const gone = [...left].filter(([name]) => !right.has(name));
  const added = [...right].filter(([name]) => !left.has(name));
  const pairs = bestPairs(gone, added, alike, RENAMED);
  return new Map(pairs.map(([[name], [now]]) => [name, now]));
}

/** Schemas that say little (text, an empty object) are all alike, so their names must be similar too. */
function alike([name, schema]: [string, Schema], [other, now]: [string, Schema]): number {
  const { properties, values } = shapeOf(schema);
  const telling = properties.size > 2 || (values?.list.length ?? 0) > 1;
  const names = nameSimilarity(name, other);
  return telling || names > 0 ? similarity(schema, now) * (0.9 + 0.1 * names) : 0;
}

export function compareExportedTypes(
  before: OpenApiDocument,
  after: OpenApiDocument,
  renamed: ReadonlyMap<string, string>,
): Difference[] {
  const [left, right] = [namesOf(before), namesOf(after)];
  const isNew = new Set(renamed.values());
  return [
    ...left.flatMap((name): Difference[] => {
      const now = renamed.get(name);
      if (now !== undefined) return [told(`Schema ${now} was "${name}": renamed`, 'breaking', [now, name])];
      return right.includes(name) ? [] : [told(`Schema ${name} removed`, 'breaking', [name])];
    }),
    ...right
      .filter((name) => !left.includes(name) && !isNew.has(name))
      .map((name) => told(`Schema ${name} added`, 'compatible', [name])),
  ];
}

function told(message: string, impact: Impact, names: readonly string[]): Difference {
  const pointers = names.map((name) => join('#/components/schemas', name));
  const rule = impact === 'breaking' ? 'whoever imports the type finds it no more' : 'one type more';
  return { message, pointer: pointers[0] ?? '#', pointers, plan: { by: 'rule', impact, rule } };
}

export function namesOf(document: OpenApiDocument): string[] {
  const components = isObject(document.components) ? document.components : {};
  return Object.keys(isObject(components.schemas) ? components.schemas : {});
}

function typesOf(source: Source): Map<string, Schema> {
  const names = namesOf(source.document);
  return new Map(names.map((name) => [name, source.at(join('#/components/schemas', name))]));
}
