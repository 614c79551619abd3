import type { JsonObject, OpenApiDocument } from '../types.js';
import { walkSchemas } from './walk-schemas.js';

/** A constraint that no value can satisfy, and its place. */
interface Contradiction {
  pointer: string;
  message: string;
}

/** A lower bound, the upper one that belongs to it, and the type that both are about. */
const BOUNDS: readonly (readonly [low: string, high: string, type: string])[] = [
  ['minimum', 'maximum', 'number'],
  ['minLength', 'maxLength', 'string'],
  ['minItems', 'maxItems', 'array'],
  ['minProperties', 'maxProperties', 'object'],
];

/** The schemas of a document that contradict themselves, so that nothing fits them: a minimum above the maximum. */
export function contradictionsOf(document: OpenApiDocument): Contradiction[] {
  const found: Contradiction[] = [];
  walkSchemas(document, (schema, pointer) => {
    const types = [schema.type].flat().map((type) => (type === 'integer' ? 'number' : type));
    for (const [low, high, type] of BOUNDS) {
      const isOnly = types.length === 1 && types[0] === type;
      if (isOnly && isAbove(schema, low, high)) {
        const message = `no value fits: ${low} ${schema[low]} is above ${high} ${schema[high]}`;
        found.push({ pointer, message });
      }
    }
    if (Array.isArray(schema.enum) && schema.enum.length === 0) {
      found.push({ pointer, message: 'no value fits: enum is empty' });
    }
  });
  return found;
}

function isAbove(schema: JsonObject, low: string, high: string): boolean {
  const [least, most] = [schema[low], schema[high]];
  return typeof least === 'number' && typeof most === 'number' && least > most;
}
