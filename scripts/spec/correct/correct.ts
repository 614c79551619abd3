import { type OpenApiDocument, parseOpenApi } from '../../../src/document/index.js';
import { type Applied, applyOverlay } from './apply-overlay.js';
import { dropInvalidExamples } from './examples.js';
import { type Correction, normalise } from './normalise.js';
import type { Overlay } from './overlay.js';
import { serialise } from './serialise.js';

export interface Corrected {
  document: OpenApiDocument;
  /** The document as it is written to disk. */
  text: string;
  actions: Applied[];
  corrections: Correction[];
}

/** What becomes of a published document before it is vendored. */
export function correct(published: OpenApiDocument, overlay: Overlay): Corrected {
  const document = structuredClone(published);
  const actions = applyOverlay(document, overlay);
  const corrections = [...normalise(document), ...dropInvalidExamples(document)];
  const text = serialise(document);
  return { document: parseOpenApi(text), text, actions, corrections };
}

/** What was corrected and why, and what an overlay action no longer finds. */
export function renderCorrections({ actions, corrections }: Corrected): string {
  const lines: string[] = [];
  for (const { count, description, target } of actions) {
    if (count > 0) lines.push(`  ${count} × ${description}`);
    else lines.push(`  no match any more: ${target} (${description})`);
  }
  const byRule = new Map<string, Correction[]>();
  for (const correction of corrections) {
    byRule.set(correction.rule, [...(byRule.get(correction.rule) ?? []), correction]);
  }
  for (const [rule, found] of byRule) {
    lines.push(`  ${found.length} × ${rule}, first: ${found[0]?.detail}, at ${found[0]?.pointer}`);
  }
  return `${lines.join('\n')}\n`;
}
