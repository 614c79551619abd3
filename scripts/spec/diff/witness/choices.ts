import type { Comparison, Trial } from '../compare/difference.js';
import { membersUnknownTo } from '../compare/unions.js';
import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Route } from './routes.js';

/** A place of a message where something changed. */
export interface Changed {
  route: Route;
  comparison: Comparison;
  trial: Trial;
}

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

/** Where something changed in a branch of a choice, and the way there from the value that has to fit the branch. */
export interface Within {
  branch: Schema;
  steps: readonly Step[];
  changed: Changed;
}

/** What the old document refuses in one branch alone may fit two in the new one, once it is allowed there. */
export function changesWithin({ route, branches }: Choice, places: readonly Changed[]): Within[] {
  const from = route.steps.new;
  return places.flatMap((changed) => {
    const [step, ...steps] = changed.route.steps.new.slice(from.length);
    if (step?.to !== 'branch' || !isSame(changed.route.steps.new.slice(0, from.length), from)) return [];
    const branch = step.keyword === 'oneOf' ? branches[step.index] : undefined;
    return branch ? [{ branch, steps, changed }] : [];
  });
}

function isSame(one: readonly Step[], other: readonly Step[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
