import { type OpenApiDocument, parseOpenApi, readingNotes } from '../../../src/document/index.js';
import type { Problem } from '../lint.js';
import { type Applied, applyOverlay } from './apply-overlay.js';
import { complete } from './complete.js';
import { type Correction, makeConsistent } from './consistent.js';
import { dropExamples, dropInvalidExamples, leaveOutExternal } from './examples.js';
import { leaveOut, placeLeftOut } from './left-out.js';
import type { Overlay } from './overlay.js';
import { serialise } from './serialise.js';

export interface Corrected {
  document: OpenApiDocument;
  /** The document's text as written to disk. */
  text: string;
  actions: Applied[];
  corrections: Correction[];
  /** What had to be changed earlier, when the published document was read. */
  notes: readonly string[];
}

/** Corrects a published document before it is vendored. */
export async function correct(
  published: OpenApiDocument,
  overlay: Overlay,
  signal?: AbortSignal,
): Promise<Corrected> {
  const document = structuredClone(published);
  const actions = await applyOverlay(document, overlay, signal);
  const corrections = [
    ...makeConsistent(document),
    ...complete(document),
    ...leaveOutExternal(document),
    ...(await dropInvalidExamples(document, signal)),
  ];
  return { ...written(document), actions, corrections, notes: readingNotes(published) };
}

/** Removes our own examples that no longer fit their schemas, and writes the document again. */
export async function dropUnfit(corrected: Corrected, signal?: AbortSignal): Promise<Corrected> {
  const document = structuredClone(corrected.document);
  const corrections = [...corrected.corrections, ...(await dropInvalidExamples(document, signal))];
  return { ...corrected, ...written(document), corrections };
}

/** Removes the examples that the lint refuses, which is stricter than their schemas, and what else can be left out. */
export function dropRefused(corrected: Corrected, problems: readonly Problem[]): Corrected {
  const document = structuredClone(corrected.document);
  const refusals = problems
    .filter(isAboutExample)
    .map(({ pointer, message }) => ({ pointer, reason: message }));
  const leftOut = leaveOut(document, problems);
  const corrections = [...corrected.corrections, ...leftOut, ...dropExamples(document, refusals)];
  return { ...corrected, ...written(document), corrections };
}

/** Whether `dropRefused` corrects a lint problem. */
export function isCorrected(document: OpenApiDocument, problem: Problem): boolean {
  return isAboutExample(problem) || placeLeftOut(document, problem) !== undefined;
}

function isAboutExample({ rule }: Problem): boolean {
  return /^no-invalid-.*-examples$/.test(rule);
}

function written(document: OpenApiDocument): { document: OpenApiDocument; text: string } {
  const text = serialise(document);
  return { document: parseOpenApi(text), text };
}

/** What was corrected, and which overlay actions no longer match. */
export interface CorrectionSummary {
  /** For each kind of rule: how often it was applied, and where first. */
  byRule: string[];
  /** For each action of the overlay: how often it was applied, and why. */
  byOverlay: string[];
  /** Actions that no longer match: the published document may have been corrected. */
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
