import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../src/document/index.js';
import { generateModels } from './models.js';

const url = { type: 'string', format: 'uri' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function models(schemas: object): string {
  const document = {
    openapi: '3.1.0',
    info: {},
    paths: {},
    components: { schemas },
  } as unknown as OpenApiDocument;
  return generateModels(document);
}

describe('generated models', () => {
  it('say what a reference becomes', () => {
    const text = models({
      Owner: { type: 'object', properties: { name: { type: 'string' } } },
      Thing: { type: 'object', properties: { owner: { oneOf: [url, ref('Owner'), { type: 'null' }] } } },
    });
    expect(text).toContain("export interface Thing extends Model<Wire<'Thing'>, { owner: Owner }> {}");
    expect(text).toContain("export interface Owner extends Wire<'Owner'> {}");
  });

  it('link what holds models with references', () => {
    const text = models({
      Thing: { type: 'object', properties: { self: { anyOf: [url, ref('Thing')] } } },
      Box: {
        type: 'object',
        properties: {
          things: { type: 'array', items: ref('Thing') },
          top: { oneOf: [ref('Thing'), { type: 'null' }] },
        },
      },
    });
    expect(text).toContain("extends Model<Wire<'Box'>, {  }, { things: Thing[]; top: Thing | null }>");
  });

  it('are aliases where an interface is not possible', () => {
    const text = models({
      Word: { type: 'string', enum: ['a'] },
      Map: { type: 'object', additionalProperties: { type: 'string' } },
      Either: { oneOf: [ref('Word'), ref('Map')] },
    });
    expect(text).toContain("export type Word = Wire<'Word'>;");
    expect(text).toContain("export type Map = Wire<'Map'>;");
    expect(text).toContain("export type Either = Wire<'Either'>;");
  });

  it('get names that can be declared', () => {
    const text = models({ 'a.b': { type: 'string' }, a_b: { type: 'string' }, Model: { type: 'string' } });
    expect(text).toContain("export type a_b = Wire<'a.b'>;");
    expect(text).toContain("export type a_b2 = Wire<'a_b'>;");
    expect(text).toContain("export type Model2 = Wire<'Model'>;");
  });

  it('leave out what only requests carry', () => {
    const text = models({ A: { type: 'object', properties: { s: { type: 'string', writeOnly: true } } } });
    expect(text).toContain("export interface A extends Readable<Wire<'A'>> {}");
  });
});
