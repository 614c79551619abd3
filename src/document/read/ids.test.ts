import { expect, test } from 'vitest';
import { lookup } from '../json.js';
import { parseOpenApi } from './load.js';
import { readingNotes } from './notes.js';

const S = '#/components/schemas';

const documentOf = (schemas: object) =>
  parseOpenApi(JSON.stringify({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } }));

test.each([
  ['the name of a schema', 'leaf', `${S}/Leaf`],
  ['its whole address', 'https://tea.example/leaf', `${S}/Leaf`],
  ['an empty fragment of it', 'leaf#', `${S}/Leaf`],
  ['a place in another schema', 'leaf#/$defs/size', `${S}/Leaf/$defs/size`],
  ['a place in the same schema', '#/$defs/own', `${S}/Tea/$defs/own`],
  ['an anchor of the same schema', '#strong', `${S}/Tea/$defs/anchored`],
  ['an anchor of another', 'leaf#green', `${S}/Leaf/$defs/green`],
  ['a schema with an address below another', '/leaf/inner', `${S}/Leaf/$defs/inner`],
  ['a place in the document', `${S}/Cup`, `${S}/Cup`],
])('a reference to %s is read as a pointer', (_, $ref, expected) => {
  const document = documentOf({
    Tea: {
      $id: 'https://tea.example/tea',
      $defs: { own: {}, anchored: { $anchor: 'strong' } },
      properties: { it: { $ref } },
    },
    Leaf: {
      $id: 'https://tea.example/leaf',
      $defs: { size: {}, green: { $anchor: 'green' }, inner: { $id: '/leaf/inner' } },
    },
    Cup: {},
  });
  expect(lookup(document, `${S}/Tea/properties/it`)).toEqual({ $ref: expected });
  expect(JSON.stringify(document)).not.toMatch(/"\$(?:id|anchor)"/);
});

test('an anchor outside of any addressed schema is found, and told of', () => {
  const document = documentOf({
    Tea: { items: { $ref: '#leaf' } },
    Leaf: { $anchor: 'leaf', type: 'string' },
  });
  expect(lookup(document, `${S}/Tea/items`)).toEqual({ $ref: `${S}/Leaf` });
  expect(readingNotes(document)).toEqual([
    'references to an $id or an $anchor (1) are read as places in the document',
  ]);
});
