import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Shape } from '../normalise/types.js';
import { itemsOf, membersOf } from './companions.js';

/**
 * What a value at the end of the steps may fit instead: the other branches of the unions on the way, as far as they say
 * something about it.
 */
export function alternativesAlong(schema: Schema, steps: readonly Step[]): readonly Shape[] {
  let here: Schema | undefined = schema;
  let others: readonly Shape[] = [];
  for (const step of steps) {
    if (!here) return others;
    const shape = shapeOf(here);
    if (step.to === 'branch') {
      const union = shape.unions.find(({ keyword }) => keyword === step.keyword);
      const branch: Schema | undefined = union?.branches[step.index];
      const rest = union?.branches.filter((other) => other !== branch) ?? [];
      others = [...others, ...rest.map(shapeOf)];
      here = branch && here.source.branch(here, step.keyword, branch);
    } else if (step.to === 'item') {
      others = itemsOf(others, step.index);
      here = shape.prefixItems[step.index] ?? shape.items;
    } else if (step.to === 'property') {
      others = membersOf(others, step.name);
      here = shape.properties.get(step.name);
    } else {
      others = [];
      here = step.pattern === undefined ? shape.closures[0]?.rest : shape.patternProperties.get(step.pattern);
    }
  }
  return others;
}
