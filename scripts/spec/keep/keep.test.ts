import { describe, expect, it } from 'vitest';
import { type OpenApiDocument, parseOpenApi } from '../../../src/document/index.js';
import { keepOurs } from './keep.js';

/** A small API as published. */
const PUBLISHED = `
openapi: 3.1.0
info: { title: Lamps, version: '1', description: The official API for lamps. }
paths:
  /lamps:
    get:
      operationId: get-lamps
      summary: Get all of the lamps.
      parameters:
        - $ref: '#/components/parameters/size'
      responses:
        '200':
          description: All the lamps.
          headers: { Left: { $ref: '#/components/headers/left' } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Lamp' } }
              examples: { Example: { value: [{ id: string }] } }
components:
  parameters:
    size: { name: size, in: query, description: The number of lamps returned., schema: { type: integer } }
  headers:
    left: { description: Requests remaining., schema: { type: integer } }
  schemas:
    Lamp:
      title: Lamp
      description: A lamp.
      type: object
      required: [id]
      properties:
        id: { type: string, description: The unique identifier., example: string }
        description: { type: string, description: What the user calls it. }
        watts: { type: [integer, 'null'], description: The power of the lamp. }
`;

/** The same API in our words, with our components, our order and our examples. */
const OURS = `
openapi: 3.1.0
info: { title: Lamps, version: '1', description: What shines. }
paths:
  /lamps:
    get:
      operationId: get-lamps
      summary: List lamps
      x-collection: { key: id }
      parameters:
        - $ref: '#/components/parameters/Size'
      responses:
        '200':
          description: One page of lamps.
          headers: { Left: { $ref: '#/components/headers/Left' } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Lamp' } }
              examples:
                lastPage: { $ref: '#/components/examples/LampsLastPage' }
components:
  parameters:
    Size: { name: size, in: query, description: How many lamps at most., schema: { type: integer }, example: 3 }
  headers:
    Left: { description: What is left of the quota., schema: { type: integer }, example: 9 }
  schemas:
    Lamp:
      description: Something that shines.
      type: object
      required: [id]
      properties:
        watts: { description: Power in watts. Null while it is off., type: [integer, 'null'] }
        id: { description: Its id., type: string }
        description: { description: Its name at home., type: string }
  examples:
    LampsLastPage: { value: [{ id: lamp1, watts: null }] }
`;

const parse = (text: string) => parseOpenApi(text);
const ours = parse(OURS);
/** What is kept of ours if the published document has changed like this. */
function keptAfter(...changes: readonly (readonly [string, string])[]) {
  const text = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replace(from, to);
  }, PUBLISHED);
  return keepOurs(ours, parse(text));
}
const lamp = ({ components }: OpenApiDocument) =>
  (components as { schemas: { Lamp: { properties: Record<string, unknown> } } }).schemas.Lamp.properties;

describe('a pulled document that promises what ours does', () => {
  it('gives ours back, byte for byte', () => {
    const { document, sentences } = keptAfter();
    expect(JSON.stringify(document)).toBe(JSON.stringify(ours));
    expect(sentences).toEqual([]);
  });

  it('does so whatever its sentences, examples, component names and order are', () => {
    const { document } = keptAfter(
      ['All the lamps.', 'Each and every lamp.'],
      ['[{ id: string }]', '[]'],
      [
        'id: { type: string, description: The unique identifier., example: string }\n',
        'id: { type: string }\n',
      ],
    );
    expect(document).toEqual(ours);
  });
});

describe('a pulled document that promises something else', () => {
  it('brings a new field with the published sentence, which is to be put in our words', () => {
    const { document, sentences } = keptAfter([
      'watts: {',
      'colour: { type: string, description: The colour of the lamp. }\n        watts: {',
    ]);
    expect(lamp(document)).toEqual({
      ...lamp(ours),
      colour: { type: 'string', description: 'The colour of the lamp.' },
    });
    expect(sentences).toEqual([
      { pointer: '#/components/schemas/Lamp/properties/colour/description', text: 'The colour of the lamp.' },
    ]);
    expect(document.paths).toEqual(ours.paths);
  });

  it('brings the published sentence where what ours describes has changed, and keeps the others', () => {
    const { document, sentences } = keptAfter([
      "type: [integer, 'null'], description",
      'type: number, description',
    ]);
    expect(lamp(document).watts).toEqual({ description: 'The power of the lamp.', type: 'number' });
    expect(lamp(document).id).toEqual(lamp(ours).id);
    expect(sentences.map(({ text }) => text)).toEqual(['The power of the lamp.']);
  });

  it('brings the examples that it refers to, where ours has none', () => {
    const bare = parse(OURS.replace(/ +examples:\n +lastPage: .*\n/, ''));
    const example = { One: { value: [{ id: 'lamp1' }] } };
    const published = PUBLISHED.replace('type: array, items', 'type: array, maxItems: 9, items')
      .replace('Example: { value: [{ id: string }] }', "Example: { $ref: '#/components/examples/One' }")
      .replace('  parameters:\n    size', `  examples: ${JSON.stringify(example)}\n  parameters:\n    size`);
    const { document } = keepOurs(bare, parse(published));
    expect(JSON.stringify(document.paths)).toContain('#/components/examples/One');
    expect(document.components).toMatchObject({ examples: example });
  });

  it('brings no example for what has not changed itself, where ours has none', () => {
    const { document } = keptAfter(
      ["type: [integer, 'null'], description", 'type: number, description'],
      ['      title: Lamp\n', '      title: Lamp\n      example: { id: string, watts: 7 }\n'],
    );
    const { schemas } = document.components as { schemas: { Lamp: object } };
    expect(Object.keys(schemas.Lamp)).toEqual(['description', 'type', 'required', 'properties']);
  });

  it('takes away what it no longer has', () => {
    const { document, sentences } = keptAfter([
      '        description: { type: string, description: What the user calls it. }\n',
      '',
    ]);
    expect(Object.keys(lamp(document))).toEqual(['watts', 'id']);
    expect(sentences).toEqual([]);
  });

  it('changes a shared component in its place, under our name and with our sentence', () => {
    const { document } = keptAfter([
      'description: Requests remaining., schema: { type: integer }',
      'required: true, description: Requests remaining., schema: { type: integer }',
    ]);
    expect(document.components).toMatchObject({
      headers: { Left: { required: true, example: 9, schema: { type: 'integer' } } },
    });
    expect(document.paths).toEqual(ours.paths);
  });

  it('brings a new operation with our components where they say the same, and with its own where not', () => {
    const { document, sentences } = keptAfter(
      [
        'components:\n',
        `
  /lamps/{id}:
    get:
      operationId: get-lamp
      summary: Get one lamp.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - $ref: '#/components/parameters/size'
        - $ref: '#/components/parameters/shade'
      responses:
        '200': { description: All the lamps. }
components:
`,
      ],
      [
        '  headers:\n    left',
        '    shade: { name: shade, in: query, schema: { type: string } }\n  headers:\n    left',
      ],
    );
    const added = (document.paths['/lamps/{id}'] as { get: { parameters: { $ref?: string }[] } }).get;
    expect(added.parameters.map(({ $ref }) => $ref)).toEqual([
      undefined,
      '#/components/parameters/Size',
      '#/components/parameters/shade',
    ]);
    expect(Object.keys((document.components as { parameters: object }).parameters)).toEqual([
      'Size',
      'shade',
    ]);
    expect(sentences.map(({ text }) => text)).toEqual(['Get one lamp.', 'All the lamps.']);
  });
});
