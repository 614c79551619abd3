import { patternOf } from '../../../../src/document/index.js';
import { covers, shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Shape } from '../normalise/types.js';

const MOST = 24;

/** The shapes, and those that they test a value with: in branches, conditions and negations. */
export function companionsOf(shapes: readonly Shape[], depth = 3): readonly Shape[] {
  const found = new Set(shapes);
  let last = [...shapes];
  for (let level = 0; level < depth && last.length > 0; level++) {
    last = last
      .flatMap(testsOf)
      .map(shapeOf)
      .filter((shape) => !found.has(shape));
    for (const shape of last) if (found.size < MOST) found.add(shape);
  }
  return [...found];
}

function testsOf(shape: Shape): Schema[] {
  return [
    ...shape.not,
    ...shape.unions.flatMap(({ branches }) => branches),
    ...shape.conditions.flatMap((condition) => [
      condition.if,
      ...(condition.then ? [condition.then] : []),
      ...(condition.else ? [condition.else] : []),
    ]),
    ...shape.dependentSchemas.values(),
  ];
}

/** What the companions say about a member. */
export function membersOf(companions: readonly Shape[], name: string): readonly Shape[] {
  const found = companions.flatMap(({ properties, patternProperties, closures }) => [
    ...(properties.get(name) ? [properties.get(name) as Schema] : []),
    ...[...patternProperties].flatMap(([pattern, schema]) => (patternOf(pattern).test(name) ? [schema] : [])),
    ...closures.flatMap((closure) => (covers(closure, name) ? [] : [closure.rest])),
  ]);
  return unique(found);
}

/** What the companions say about an item. */
export function itemsOf(companions: readonly Shape[], index: number): readonly Shape[] {
  const found = companions.flatMap(({ prefixItems, items, contains }) => [
    ...(prefixItems[index] ? [prefixItems[index]] : []),
    ...(items ? [items] : []),
    ...contains.map(({ schema }) => schema),
  ]);
  return unique(found);
}

function unique(schemas: readonly Schema[]): readonly Shape[] {
  return [...new Set(schemas.map(shapeOf))].slice(0, MOST);
}
