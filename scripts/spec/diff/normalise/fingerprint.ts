import { toJsonSchema } from './emit.js';
import { shapeOf } from './shape.js';
import type { Schema } from './source.js';

const DEEPEST = 8;

/**
 * Text that is the same for schemas with the same meaning, as far as normalising can tell. Component names are ignored.
 */
export function fingerprint(schema: Schema, within: readonly Schema[] = []): string {
  const turn = within.indexOf(schema);
  if (turn >= 0) return `↑${within.length - turn}`;
  if (within.length > DEEPEST) return '…';
  const stack = [...within, schema];
  const json = toJsonSchema(shapeOf(schema), 'strict', (inner) => ({ inner: fingerprint(inner, stack) }));
  return stableText(json);
}

/** JSON with the members of objects in a fixed order. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
