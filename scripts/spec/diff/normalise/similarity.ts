import { stableText } from './fingerprint.js';
import { shapeOf } from './shape.js';
import type { Schema } from './source.js';
import type { Shape } from './types.js';

/** How similar two schemas are, from 0 to 1. */
export function similarity(a: Schema, b: Schema, depth = 2): number {
  const [one, other] = [shapeOf(a), shapeOf(b)];
  const scores = [overlap(one.types ?? ['any'], other.types ?? ['any'])];
  if (one.values || other.values) {
    scores.push(
      overlap((one.values?.list ?? []).map(stableText), (other.values?.list ?? []).map(stableText)),
    );
  }
  for (const keyword of ['formats', 'patterns'] as const) {
    if (one[keyword].length + other[keyword].length > 0) scores.push(overlap(one[keyword], other[keyword]));
  }
  if (one.properties.size + other.properties.size > 0) {
    const members = memberSimilarity(one, other, depth);
    scores.push(members, members);
  }
  if (one.items || other.items) scores.push(inner(one.items, other.items, depth));
  const branches = [one, other].map(({ unions }) => unions.flatMap((union) => union.branches));
  if (branches.some((list) => list.length > 0))
    scores.push(branchSimilarity(branches[0] ?? [], branches[1] ?? [], depth));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function memberSimilarity(a: Shape, b: Shape, depth: number): number {
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  let score = 0;
  for (const name of names) {
    const [one, other] = [a.properties.get(name), b.properties.get(name)];
    if (one && other) score += inner(one, other, depth);
  }
  return score / names.size;
}

function inner(a: Schema | undefined, b: Schema | undefined, depth: number): number {
  if (!a || !b) return 0;
  return depth === 0 ? 1 : similarity(a, b, depth - 1);
}

function branchSimilarity(a: readonly Schema[], b: readonly Schema[], depth: number): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (depth === 0) return 1;
  const best = a.map((one) => Math.max(...b.map((other) => similarity(one, other, depth - 1))));
  return best.reduce((sum, score) => sum + score, 0) / Math.max(a.length, b.length);
}

function overlap(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  const both = a.filter((value) => b.includes(value));
  return all.size === 0 ? 1 : both.length / all.size;
}

/** Pairs the most similar ones first; those below the threshold stay unpaired. */
export function bestPairs<A, B>(
  left: readonly A[],
  right: readonly B[],
  score: (a: A, b: B) => number,
  threshold: number,
): [A, B][] {
  const scored = left.flatMap((a) => right.map((b) => ({ a, b, score: score(a, b) })));
  const pairs: [A, B][] = [];
  const taken = new Set<A | B>();
  for (const { a, b } of scored.filter((s) => s.score >= threshold).sort((x, y) => y.score - x.score)) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    pairs.push([a, b]);
  }
  return pairs;
}

/** How similar two names are: `models` and `evse_models` share a word. */
export function nameSimilarity(a: string, b: string): number {
  return overlap(wordsOf(a), wordsOf(b));
}

function wordsOf(name: string): string[] {
  return [
    ...new Set(
      name
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z\d]+/)
        .filter(Boolean),
    ),
  ];
}
