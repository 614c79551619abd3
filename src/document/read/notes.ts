import type { OpenApiDocument } from '../types.js';

const notes = new WeakMap<OpenApiDocument, string[]>();

/** What reading a document had to change or add, a line each, to be told to whoever gave it. */
export function readingNotes(document: OpenApiDocument): readonly string[] {
  return notes.get(document) ?? [];
}

export function addNote(document: OpenApiDocument, note: string): void {
  notes.set(document, [...readingNotes(document), note]);
}
