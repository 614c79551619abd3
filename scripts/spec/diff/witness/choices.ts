import type { Comparison } from '../compare/difference.js';
import { membersUnknownTo } from '../compare/unions.js';
import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Route } from './routes.js';

/** A place in requests where the new document allows exactly one of several branches (`oneOf`). */
export interface Choice {
  route: Route;
  branches: readonly Schema[];
  /** Members that only the new document knows. */
  forbidden: ReadonlySet<string>;
}

/** Readers of answers don't mind if several branches fit, so there are none in answers. */
export function choicesOf({ old: before, new: after, direction }: Comparison, route: Route): Choice[] {
  if (direction === 'received') return [];
  const choices = shapeOf(after).unions.filter(({ keyword }) => keyword === 'oneOf');
  const forbidden = choices.length > 0 ? membersUnknownTo(before, after) : new Set<string>();
  return choices.map(({ branches }) => ({ route, branches, forbidden }));
}
