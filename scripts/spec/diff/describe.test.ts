import { expect, it } from 'vitest';
import { loadDocument } from '../../../src/document/index.js';
import { compareDocuments } from './compare-documents.js';

const august = await loadDocument(new URL('../fixtures/august-2026.yaml', import.meta.url));

it('spec diff says which values are new in an enum and which are gone', async () => {
  const changed = structuredClone(august);
  // biome-ignore lint/suspicious/noExplicitAny: the change goes deep into the document.
  const { mode } = (changed.components as any).schemas.EVSEStatusLog.properties;
  mode.enum = [...mode.enum.filter((value: unknown) => value !== 'FFR'), 'Nap'];
  expect(await compareDocuments(august, changed)).toMatchObject([
    { impact: 'compatible', message: 'EVSEStatusLog.mode: new value "Nap"' },
    { impact: 'compatible', message: 'EVSEStatusLog.mode: value "FFR" gone' },
  ]);
});
