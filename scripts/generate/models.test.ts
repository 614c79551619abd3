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
    expect(text).toContain(
      "export interface Thing extends Model<Answered<Wire<'Thing'>>, { owner: Owner }> {}",
    );
    expect(text).toContain("export interface Owner extends Answered<Wire<'Owner'>> {}");
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
    expect(text).toContain(
      "extends Model<Answered<Wire<'Box'>>, {  }, { things: Thing[]; top: Thing | null }>",
    );
  });

  it('are aliases where an interface is not possible', () => {
    const text = models({
      Word: { type: 'string', enum: ['a'] },
      Map: { type: 'object', additionalProperties: { type: 'string' } },
      Either: { oneOf: [ref('Word'), ref('Map')] },
    });
    expect(text).toContain("export type Word = Answered<Wire<'Word'>>;");
    expect(text).toContain("export type Map = Answered<Wire<'Map'>>;");
    expect(text).toContain("export type Either = Answered<Wire<'Either'>>;");
  });

  it('get names that can be declared', () => {
    const names = ['a.b', 'a_b', 'Model', 'string', 'unknown'];
    const text = models(Object.fromEntries(names.map((name) => [name, { type: 'string' }])));
    expect(text).toContain("export type a_b = Answered<Wire<'a.b'>>;");
    expect(text).toContain("export type a_b2 = Answered<Wire<'a_b'>>;");
    expect(text).toContain("export type Model2 = Answered<Wire<'Model'>>;");
    expect(text).toContain("export type string2 = Answered<Wire<'string'>>;");
    expect(text).toContain("export type unknown2 = Answered<Wire<'unknown'>>;");
  });

  it('import nothing that they have no use for', () => {
    expect(models({ A: { type: 'object', properties: { s: { type: 'string' } } } })).not.toContain(
      'expand.js',
    );
    expect(models({})).not.toContain('import');
  });
});
