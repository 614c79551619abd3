import { shapeOf } from '../normalise/shape.js';
import { bestPairs, similarity } from '../normalise/similarity.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import { EMPTY, type Shape } from '../normalise/types.js';
import { briefly, isMap } from './facets.js';

/** One way to fit a schema: a branch of its union with everything next to it, or the schema itself. */
export interface Alternative {
  schema: Schema;
  steps: readonly Step[];
}

export interface UnionComparison {
  pairs: [Alternative, Alternative][];
  gone: Alternative[];
  added: Alternative[];
}

/** Least similarity for two branches to count as one that changed. */
const THRESHOLD = 0.4;

/** Undefined if there is no union, or several at once. */
export function compareUnions(before: Schema, after: Schema): UnionComparison | undefined {
  const unions = [before, after].map((schema) => shapeOf(schema).unions.length);
  if (unions.every((count) => count === 0) || unions.some((count) => count > 1)) return undefined;
  const left = alternativesOf(before);
  const right = alternativesOf(after);
  const pairs = bestPairs(left, right, (a, b) => alike(a.schema, b.schema), THRESHOLD);
  return {
    pairs,
    gone: left.filter((one) => !pairs.some(([paired]) => paired === one) && !isNullOf(one, right)),
    added: right.filter((one) => !pairs.some(([, paired]) => paired === one) && !isNullOf(one, left)),
  };
}

/** Whether an alternative is null alone, which others allow beside what else they are. */
function isNullOf({ schema }: Alternative, others: readonly Alternative[]): boolean {
  const isNull = shapeOf(schema).types?.join() === 'null';
  return isNull && others.some((other) => shapeOf(other.schema).types?.includes('null'));
}

/** A component with the same name corresponds, however it has changed. */
function alike(a: Schema, b: Schema): number {
  const [one, other] = [briefly(a), briefly(b)];
  return similarity(a, b) + (one === other ? 1 : 0);
}

export function alternativesOf(schema: Schema): Alternative[] {
  const [union] = shapeOf(schema).unions;
  if (!union) return [{ schema, steps: [] }];
  return union.branches.map((branch, index) => ({
    schema: schema.source.branch(schema, union.keyword, branch),
    steps: [{ to: 'branch', keyword: union.keyword, index }],
  }));
}

/** A shape that is a union of these alternatives and nothing else. */
export function unionOf(alternatives: readonly Alternative[], keyword: 'anyOf' | 'oneOf'): Shape {
  const branches = alternatives.map(({ schema }) => schema);
  return branches.length === 0 ? { ...EMPTY, never: true } : { ...EMPTY, unions: [{ keyword, branches }] };
}

export function keywordOf(schema: Schema): 'anyOf' | 'oneOf' | undefined {
  return shapeOf(schema).unions[0]?.keyword;
}

/**
 * Whether an answer's field that was a URL may now also be an object: only callers who ask for it with `expand` get
 * that.
 */
export function becameExpandable(before: Schema, { pairs, gone, added }: UnionComparison): boolean {
  const isObject = (schema: Schema) => shapeOf(schema).properties.size > 0;
  return (
    isAddress(before) &&
    gone.length === 0 &&
    pairs.length === 1 &&
    added.length === 1 &&
    added.every(({ schema }) => isObject(schema))
  );
}

/** Whether a schema is that of a URL, and of nothing else. */
export function isAddress(schema: Schema): boolean {
  const { types, formats } = shapeOf(schema);
  return types?.join() === 'string' && formats.some((format) => /^uri(-reference)?$/.test(format));
}

/**
 * Members that only the other schema names. This one accepts them, but whoever only knows this one doesn't send them.
 */
export function membersUnknownTo(schema: Schema, other: Schema): ReadonlySet<string> {
  const own = shapesIn(schema);
  const isKnown = (name: string) => own.some((shape) => shape.properties.has(name) || isMap(shape));
  const names = shapesIn(other).flatMap(({ properties, hidden }) => [...properties.keys(), ...hidden]);
  return new Set(names.filter((name) => !isKnown(name)));
}

/** The shape, and those of all alternatives of its unions. */
function shapesIn(schema: Schema): Shape[] {
  const found = new Set<Shape>();
  const visit = (one: Schema) => {
    const shape = shapeOf(one);
    if (found.has(shape)) return;
    found.add(shape);
    for (const branch of shape.unions.flatMap(({ branches }) => branches)) visit(branch);
  };
  visit(schema);
  return [...found];
}
