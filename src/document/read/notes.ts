import type { OpenApiDocument } from '../types.js';

const notes = new WeakMap<OpenApiDocument, string[]>();

/** What was changed or added when the document was read, one line each, to report to the user. */
export function readingNotes(document: OpenApiDocument): readonly string[] {
  return notes.get(document) ?? [];
}

export function addNote(document: OpenApiDocument, note: string): void {
  notes.set(document, [...readingNotes(document), note]);
}
