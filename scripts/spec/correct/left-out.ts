import { isObject, join, lookup, type OpenApiDocument, tokens } from '../../../src/document/index.js';
import type { Problem } from '../lint.js';
import type { Correction } from './consistent.js';
import { removeAt } from './examples.js';

/**
 * The place of what is left out to correct a problem: a member that OpenAPI doesn't know there, a value of the wrong
 * kind. Undefined for a problem that has to be corrected by hand, since more would be lost than the mistake.
 */
export function placeLeftOut(
  document: OpenApiDocument,
  { rule, message, pointer }: Problem,
): string | undefined {
  const above = join('#', ...tokens(pointer).slice(0, -1));
  switch (rule) {
    case 'struct':
      if (/^Property .* is not expected here/.test(message)) {
        const holdsOperations = /^#\/paths(?:\/[^/]*)?$/.test(above);
        return holdsOperations || isReferredTo(document, pointer) ? undefined : pointer;
      }
      // Without these two fields the object around them says nothing.
      if (/^The field `(?:url|content)` must be present/.test(message))
        return /\/(?:externalDocs|requestBody)$/.test(pointer) ? pointer : undefined;
      // Nothing is left of a parameter without its place, nor of a security scheme without its kind.
      if (/\/in$|^#\/components\/securitySchemes\//.test(pointer)) return undefined;
      return /^Expected type .* but got|can be one of the following only/.test(message) ? pointer : undefined;
    case 'path-parameters-defined':
      return /is not used in the path/.test(message) ? above : undefined;
    case 'operation-parameters-unique':
    case 'no-enum-type-mismatch':
      return pointer;
    case 'no-unresolved-refs':
      return tokens(above).at(-1) === 'mapping' ? pointer : undefined;
    default:
      return undefined;
  }
}

/** Leaves out what the lint finds wrong. In place. */
export function leaveOut(document: OpenApiDocument, problems: readonly Problem[]): Correction[] {
  const reasons = new Map<string, string>();
  for (const problem of problems) {
    const place = placeLeftOut(document, problem);
    if (place !== undefined && !reasons.has(place)) reasons.set(place, problem.message);
  }
  const corrections: Correction[] = [];
  // Later list members first, to keep the other places valid.
  const backwards = [...reasons].sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }));
  for (const [pointer, reason] of backwards)
    if (removeAt(document, pointer)) corrections.unshift({ rule: 'left out', pointer, detail: reason });
  return corrections;
}

function isReferredTo(document: OpenApiDocument, pointer: string): boolean {
  if (lookup(document, pointer) === undefined) return false;
  const leads = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    if (isObject(part) && typeof part.$ref === 'string' && part.$ref.startsWith(`${pointer}/`)) return true;
    return Object.values(part).some(leads);
  };
  return leads(document);
}
