import type { Random } from '../../../../src/testing/made/random.js';
import type { Shape } from '../normalise/types.js';

/** A number at or near the bounds of the shape and its companions. */
export function sampleNumber(
  shape: Shape,
  type: 'integer' | 'number',
  companions: readonly Shape[],
  random: Random,
): number {
  const pivots = pivotsOf(random.chance(0.6) || companions.length === 0 ? [shape] : companions);
  const pivot = random.pick(pivots.length > 0 ? pivots : [0, 1, 5, 100]) ?? 0;
  const [unit = 1] = random.pick([shape, ...companions])?.multiples ?? [];
  const steps = companions.length > 0 ? random.integer(-2, 2) : random.integer(0, 2);
  let value = pivot + steps * unit;
  const [multiple] = shape.multiples;
  if (multiple !== undefined && random.chance(0.9)) value = Math.round(value / multiple) * multiple;
  // Between two multiples, or next to a bound.
  else if (type === 'number' && random.chance(0.4))
    value += unit * (random.pick([0.5, 0.25, 0.1, 0.01]) ?? 0.5);
  if (companions.length === 0) value = within(value, shape);
  return type === 'integer' ? Math.round(value) : Number(value.toPrecision(12));
}

/** The least and the largest number of `int32`; other formats of numbers bound nothing. */
const INT32 = [-(2 ** 31), 2 ** 31 - 1];

function pivotsOf(shapes: readonly Shape[]): number[] {
  return shapes.flatMap((shape) => {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape.bounds;
    const ofFormat = shape.formats.includes('int32') ? INT32 : [];
    return [minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...ofFormat].filter(
      (bound) => bound !== undefined,
    );
  });
}

function within(value: number, { bounds, formats }: Shape): number {
  const [least, largest] = formats.includes('int32') ? INT32 : [];
  const min = bounds.minimum ?? (bounds.exclusiveMinimum === undefined ? least : bounds.exclusiveMinimum + 1);
  const max =
    bounds.maximum ?? (bounds.exclusiveMaximum === undefined ? largest : bounds.exclusiveMaximum - 1);
  return Math.min(Math.max(value, min ?? Number.NEGATIVE_INFINITY), max ?? Number.POSITIVE_INFINITY);
}
