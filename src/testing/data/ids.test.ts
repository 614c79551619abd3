import { expect, test } from 'vitest';
import { loadDocument, readOperations, vendoredDocument } from '../../document/index.js';
import { MemoryStore } from '../resources/store.js';
import { sampleData } from './index.js';

test('the ids that parameters of the document show are there', async () => {
  const document = await loadDocument(vendoredDocument());
  const { tables } = sampleData()('https://api.example.com/v2');
  const store = new MemoryStore(tables, []);
  const shown = readOperations(document).flatMap(({ path, parameters }) => {
    const [, list, name] = /^(\/[^{}]+)\/\{([^{}]+)\}$/.exec(path) ?? [];
    const id = parameters.find((one) => one.in === 'path' && one.name === name)?.examples[0]?.value;
    const table = tables.find((one) => one.path === list);
    return table && id !== undefined ? [{ list: table.path, key: table.key, id: String(id) }] : [];
  });
  expect(shown.length).toBeGreaterThan(20);
  const missing = shown.filter(({ list, key, id }) => {
    const items = store.collection(list, [])?.items ?? [];
    return !items.some((item) => String(item[key]) === id);
  });
  expect(missing).toEqual([]);
});

test('no two items of a list have the same key', () => {
  const { tables } = sampleData()('https://api.example.com/v2');
  for (const { path, key, items } of tables.filter(({ path }) => !path.includes('{'))) {
    const keys = items(undefined, []).map((item) => item[key]);
    expect(new Set(keys).size, path).toBe(keys.length);
  }
});
