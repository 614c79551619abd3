import { describe, expect, it } from 'vitest';
import { parseOpenApi } from '../../../src/document/index.js';
import { applyOverlay } from './apply-overlay.js';
import { parseOverlay } from './overlay.js';

const DOCUMENT = `
openapi: 3.1.0
info: { title: T, version: '1' }
tags: [{ name: a }, { name: b }, { name: c }]
paths:
  /a:
    get:
      parameters: [{ $ref: '#/components/parameters/Size' }]
      responses: { '200': { $ref: '#/components/responses/Ok' } }
  /b:
    get:
      parameters: [{ $ref: '#/components/parameters/Size' }]
      responses: { '200': { description: Ok. } }
components:
  parameters: { Size: { name: size, in: query, schema: { type: integer, enum: [1] } } }
  responses: { Ok: { description: Ok. } }
`;

async function apply(...actions: object[]) {
  const document = parseOpenApi(DOCUMENT);
  const described = actions.map((action) => ({ description: 'Why.', ...action }));
  const applied = await applyOverlay(document, parseOverlay({ overlay: '1.0.0', actions: described }));
  // biome-ignore lint/suspicious/noExplicitAny: each test looks at another part.
  return { document: document as any, counts: applied.map((action) => action.count) };
}

describe('an update of the overlay', () => {
  it('merges objects, appends to lists, replaces the rest', async () => {
    const update = { version: '2', contact: { name: 'N' } };
    const { document } = await apply(
      { target: '$.info', update },
      { target: '$.info.contact', update: { url: 'u' } },
    );
    expect(document.info).toEqual({ title: 'T', version: '2', contact: { name: 'N', url: 'u' } });
    const tags = (await apply({ target: '$.tags', update: { name: 'd' } })).document.tags;
    expect(tags.at(-1)).toEqual({ name: 'd' });
    const schema = await apply({
      target: '$.components.parameters.Size',
      update: { schema: { enum: [2] } },
    });
    expect(schema.document.components.parameters.Size.schema).toEqual({ type: 'integer', enum: [1, 2] });
  });

  it('of one use of a shared part leaves the other uses alone', async () => {
    const target = "$.paths['/a'].get.parameters[?@.name == 'size']";
    const { document, counts } = await apply({ target, update: { required: true } });
    expect(document.paths['/a'].get.parameters[0]).toMatchObject({ name: 'size', required: true });
    expect(document.paths['/b'].get.parameters[0]).toEqual({ $ref: '#/components/parameters/Size' });
    expect(document.components.parameters.Size).not.toHaveProperty('required');
    expect(counts).toEqual([1]);
  });

  it('of all uses of a shared part changes the part', async () => {
    const target = "$.paths.*.get.parameters[?@.name == 'size']";
    const { document, counts } = await apply({ target, update: { required: true } });
    expect(document.paths['/a'].get.parameters[0]).toEqual({ $ref: '#/components/parameters/Size' });
    expect(document.components.parameters.Size).toHaveProperty('required', true);
    expect(counts).toEqual([1]);
  });

  it('of a part and its uses changes the part once', async () => {
    const { document, counts } = await apply({ target: "$..[?@.name == 'size']", update: { examples: {} } });
    expect(document.components.parameters.Size).toHaveProperty('examples');
    expect(document.paths['/a'].get.parameters[0]).toEqual({ $ref: '#/components/parameters/Size' });
    expect(counts).toEqual([1]);
  });

  it('of a definition that its uses reach by different references changes it once', async () => {
    const document = parseOpenApi(`
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a: { get: { responses: { '200': { $ref: '#/components/responses/Ok' } } } }
  /b:
    get:
      responses:
        '200': { description: B, content: { text/plain: { schema: { $ref: '#/components/schemas/Name' } } } }
components:
  responses: { Ok: { description: Ok, content: { text/plain: { schema: { $ref: '#/components/schemas/Name' } } } } }
  schemas: { Name: { type: string } }
`);
    const before = structuredClone(document);
    const action = { target: '$.paths.*.*.responses.*.content.*.schema', description: 'Why.' };
    const actions = [{ ...action, update: { maxLength: 9 } }];
    const [applied] = await applyOverlay(document, parseOverlay({ overlay: '1.0.0', actions }));
    expect(applied?.count).toBe(1);
    expect(document).toMatchObject({ components: { schemas: { Name: { type: 'string', maxLength: 9 } } } });
    expect(document.paths).toEqual(before.paths);
  });

  it('of text is refused', async () => {
    await expect(apply({ target: '$.info.title', update: { a: 1 } })).rejects.toThrow(
      "The overlay action '$.info.title' updates $/info/title, which is neither an object nor an array",
    );
  });
});

describe('a removal by the overlay', () => {
  it('takes all matches out of a list', async () => {
    const left = async (target: string) => (await apply({ target, remove: true })).document.tags;
    expect(await left("$.tags[?@.name != 'b']")).toEqual([{ name: 'b' }]);
    expect(await left('$.tags[2, 0, 0]')).toEqual([{ name: 'b' }]);
  });

  it('of a reference keeps what it refers to', async () => {
    const { document } = await apply({ target: "$.paths['/a'].get.parameters[0]", remove: true });
    expect(document.paths['/a'].get.parameters).toEqual([]);
    expect(document.components.parameters).toHaveProperty('Size');
  });

  it('within one use of a shared part leaves the other uses alone', async () => {
    const { document } = await apply({ target: "$.paths['/a'].get.parameters[0].schema.enum", remove: true });
    expect(document.paths['/a'].get.parameters[0].schema).toEqual({ type: 'integer' });
    expect(document.components.parameters.Size.schema).toHaveProperty('enum');
  });
});

it('an action of the overlay that no longer matches is counted as 0', async () => {
  const actions = [
    { target: '$.gone', remove: true },
    { target: '$.tags[0]', remove: true },
  ];
  expect((await apply(...actions)).counts).toEqual([0, 1]);
});

it.each<[unknown, string]>([
  [[], "must say 'overlay: 1.0.0'"],
  [{ overlay: '1.1.0', actions: [] }, "must say 'overlay: 1.0.0'"],
  [{ overlay: '1.0.0' }, 'has no list of actions'],
  [{ overlay: '1.0.0', actions: [{ remove: true }] }, 'action 1 has no target'],
  [{ overlay: '1.0.0', actions: [{ target: '$.a', remove: true }] }, 'each correction says why'],
  [
    { overlay: '1.0.0', actions: [{ target: '$.a[', description: 'x', remove: true }] },
    'is not a JSONPath (RFC 9535)',
  ],
  [
    { overlay: '1.0.0', actions: [{ target: '$.a', description: 'x' }] },
    "needs either 'update' or 'remove: true'",
  ],
  [
    { overlay: '1.0.0', actions: [{ target: '$.a', description: 'x', update: {}, remove: true }] },
    "needs either 'update' or 'remove: true'",
  ],
])('an overlay that is %j is refused', (source, message) => {
  expect(() => parseOverlay(source)).toThrow(message);
});
