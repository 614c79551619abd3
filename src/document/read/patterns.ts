import { isObject, join } from '../json.js';
import { walkSchemas } from '../references/walk-schemas.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { inJavaScript } from '../values/dialects.js';
import { addNote } from './notes.js';

/** Most patterns that a note names; a generated document may have hundreds of the same kind. */
const NAMED = 3;

/**
 * Writes the patterns of other dialects in JavaScript's words, in place. JavaScript would otherwise read some as
 * something else: `\A` is the letter A there. Patterns that it can't express stay as they are: they are faults of the
 * document.
 */
export function readPatterns(document: OpenApiDocument): void {
  const translated: string[] = [];
  rewritePatterns(document, (pattern, pointer) => {
    const written = inJavaScript(pattern) ?? pattern;
    if (written !== pattern) translated.push(`${pattern} as ${written} at ${pointer}`);
    return written;
  });
  if (translated.length === 0) return;
  const what = count(translated, 'in another dialect of regular expressions');
  addNote(document, `${what} read as JavaScript: ${someOf(translated)}`);
}

/**
 * A copy without the patterns that JavaScript can't express, which make their schemas unusable; and a note that names
 * them.
 */
export function withoutUnreadable(document: OpenApiDocument): { document: OpenApiDocument; notes: string[] } {
  const copy = structuredClone(document);
  const dropped: string[] = [];
  rewritePatterns(copy, (pattern, pointer) => {
    const written = inJavaScript(pattern);
    if (written === undefined) dropped.push(`${pattern} at ${pointer}`);
    return written;
  });
  if (dropped.length === 0) return { document, notes: [] };
  const what = count(dropped, 'that JavaScript has no equal of');
  return { document: copy, notes: [`${what} left out of the validators: ${someOf(dropped)}`] };
}

function rewritePatterns(
  document: OpenApiDocument,
  write: (pattern: string, pointer: string) => string | undefined,
): void {
  walkSchemas(document, (schema, pointer) => {
    if (typeof schema.pattern === 'string') {
      const written = write(schema.pattern, join(pointer, 'pattern'));
      if (written === undefined) delete schema.pattern;
      else schema.pattern = written;
    }
    if (isObject(schema.patternProperties)) {
      schema.patternProperties = renamed(schema.patternProperties, (pattern) =>
        write(pattern, join(pointer, 'patternProperties', pattern)),
      );
    }
  });
}

function renamed(members: JsonObject, nameOf: (name: string) => string | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => {
      const other = nameOf(name);
      return other === undefined ? [] : [[other, value]];
    }),
  );
}

function count(patterns: readonly string[], which: string): string {
  return patterns.length === 1 ? `a pattern ${which} is` : `${patterns.length} patterns ${which} are`;
}

function someOf(patterns: readonly string[]): string {
  const more = patterns.length > NAMED ? ` and ${patterns.length - NAMED} more` : '';
  return `${patterns.slice(0, NAMED).join('; ')}${more}`;
}
