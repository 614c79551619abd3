import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { vendoredDocument } from '../vendored.js';
import { parseOpenApi } from './load.js';
import { parsedBefore } from './parsed.js';

test('the vendored document as generation keeps it is what its text says', async () => {
  const text = await readFile(vendoredDocument(), 'utf8');
  expect(await parsedBefore(vendoredDocument(), text)).toEqual(parseOpenApi(text));
});

test('a document that has been edited since, or another one, is not taken for it', async () => {
  const text = await readFile(vendoredDocument(), 'utf8');
  expect(await parsedBefore(vendoredDocument(), `${text}\n`)).toBeUndefined();
  expect(await parsedBefore('other.yaml', text)).toBeUndefined();
});
