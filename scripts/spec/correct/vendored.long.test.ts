import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDocument } from '../../../src/document/index.js';
import { ROOT } from '../../root.js';
import { DOCUMENT, OVERLAY } from '../places.js';
import { correct } from './correct.js';
import { readOverlay } from './overlay.js';

it('the overlay finds nothing to correct in the vendored document', async () => {
  const vendored = await loadDocument(join(ROOT, DOCUMENT));
  const { document, corrections } = await correct(vendored, await readOverlay(join(ROOT, OVERLAY)));
  expect(corrections).toEqual([]);
  expect(document).toEqual(vendored);
}, 120_000);
