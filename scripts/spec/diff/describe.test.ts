import { expect, it } from 'vitest';
import { loadDocument } from '../../../src/document/index.js';
import { compareDocuments } from './classify.js';

const august = await loadDocument(new URL('../fixtures/august-2026.yaml', import.meta.url));

it('says which members a list gained and lost', async () => {
  const changed = structuredClone(august);
  // biome-ignore lint/suspicious/noExplicitAny: the change goes deep into the document.
  const { mode } = (changed.components as any).schemas.EVSEStatusLog.properties;
  mode.enum = [...mode.enum.filter((value: unknown) => value !== 'FFR'), 'Nap'];
  const [change] = await compareDocuments(august, changed);
  expect(change?.message).toBe('EVSEStatusLog.mode: enum gains "Nap", loses "FFR"');
});
