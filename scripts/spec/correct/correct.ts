import { type OpenApiDocument, parseOpenApi, readingNotes } from '../../../src/document/index.js';
import type { Problem } from '../lint.js';
import { type Applied, applyOverlay } from './apply-overlay.js';
import { dropExamples, dropInvalidExamples } from './examples.js';
import { type Correction, normalise } from './normalise.js';
import type { Overlay } from './overlay.js';
import { serialise } from './serialise.js';

export interface Corrected {
  document: OpenApiDocument;
  /** The document as it is written to disk. */
  text: string;
  actions: Applied[];
  corrections: Correction[];
  /** What reading the published document had to change before. */
  notes: readonly string[];
}

/** What becomes of a published document before it is vendored. */
export function correct(published: OpenApiDocument, overlay: Overlay): Corrected {
  const document = structuredClone(published);
  const actions = applyOverlay(document, overlay);
  const corrections = [...normalise(document), ...dropInvalidExamples(document)];
  return { ...written(document), actions, corrections, notes: readingNotes(published) };
}

/** The document, written anew, without the examples of ours that no longer fit what it describes. */
export function dropUnfit(corrected: Corrected): Corrected {
  const document = structuredClone(corrected.document);
  const corrections = [...corrected.corrections, ...dropInvalidExamples(document)];
  return { ...corrected, ...written(document), corrections };
}

/** The document without the examples that the lint refuses, which is stricter than their schemas are. */
export function dropRefused(corrected: Corrected, problems: readonly Problem[]): Corrected {
  const document = structuredClone(corrected.document);
  const refusals = problems
    .filter(isAboutExample)
    .map(({ pointer, message }) => ({ pointer, reason: message }));
  const corrections = [...corrected.corrections, ...dropExamples(document, refusals)];
  return { ...corrected, ...written(document), corrections };
}

/** Whether a problem of the lint is about an example alone. */
export function isAboutExample({ rule }: Problem): boolean {
  return /^no-invalid-.*-examples$/.test(rule);
}

function written(document: OpenApiDocument): { document: OpenApiDocument; text: string } {
  const text = serialise(document);
  return { document: parseOpenApi(text), text };
}

/** What was corrected, and what an overlay action no longer finds. */
export interface CorrectionSummary {
  /** Of each kind of rule, how often it was made and where first. */
  byRule: string[];
  /** Of each action of the overlay, how often it was made and why. */
  byOverlay: string[];
  /** Actions that match nothing any more: the document may have been corrected where it is made. */
  missed: string[];
}

export function summariseCorrections({ actions, corrections }: Corrected): CorrectionSummary {
  const byRule = new Map<string, Correction[]>();
  for (const correction of corrections) {
    byRule.set(correction.rule, [...(byRule.get(correction.rule) ?? []), correction]);
  }
  return {
    byRule: [...byRule].map(
      ([rule, found]) => `${found.length} × ${rule}, first: ${found[0]?.detail}, at ${found[0]?.pointer}`,
    ),
    byOverlay: actions
      .filter(({ count }) => count > 0)
      .map(({ count, description }) => `${count} × ${description}`),
    missed: actions
      .filter(({ count }) => count === 0)
      .map(({ target, description }) => `${target} (${description})`),
  };
}
