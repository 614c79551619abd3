import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type OpenApiDocument, readOperations } from '../../../src/document/index.js';
import { generateValidators, named } from './validators.js';

interface Validate {
  (body: unknown): boolean;
  errors?: { instancePath: string; message: string }[];
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

function documentOf(schema: object, schemas: object = {}): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { schemas },
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          responses: { '200': { description: '', content: { 'application/json': { schema } } } },
        },
      },
    },
  };
}

async function validatorOf(schema: object, schemas?: object): Promise<{ validate: Validate; code: string }> {
  const document = documentOf(schema, schemas);
  const code = await generateValidators(document, readOperations(document));
  const folder = await mkdtemp(join(tmpdir(), 'validators-'));
  folders.push(folder);
  const file = join(folder, 'validators.mjs');
  await writeFile(file, code);
  const module = (await import(pathToFileURL(file).href)) as {
    validators: Record<string, Record<string, Record<string, Validate>>>;
  };
  const validate = module.validators.a?.['200']?.['application/json'];
  if (!validate) throw new Error('no validator');
  return { validate, code };
}

describe('generated validators', () => {
  it('need no other module', async () => {
    const { code } = await validatorOf({
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', minLength: 2 },
    });
    expect(code).not.toMatch(/\brequire\(|^import |\bimport\(/m);
  });

  it.each(['a', '$', '$1'])('are exported, whichever name the bundler gives them: %s', (name) => {
    expect(named(`var ${name}=f();export default ${name}();\n`)).toBe(
      `var ${name}=f();export const { validators } = ${name}();\n`,
    );
  });

  it('ask answers for no field that only requests carry', async () => {
    const { validate } = await validatorOf({
      type: 'object',
      required: ['name', 'pin'],
      properties: { name: { type: 'string' }, pin: { type: 'string', writeOnly: true } },
    });
    expect(validate({ name: 'a' })).toBe(true);
    expect(validate({ pin: 'b' })).toBe(false);
  });

  it('follow recursive schemas, and say where a body fails', async () => {
    const { validate } = await validatorOf(
      { $ref: '#/components/schemas/Node' },
      {
        Node: {
          type: 'object',
          properties: { n: { type: 'integer' }, next: { $ref: '#/components/schemas/Node' } },
        },
      },
    );
    expect(validate({ n: 1, next: { n: 2 } })).toBe(true);
    expect(validate({ n: 1, next: { next: { n: 'x' } } })).toBe(false);
    expect(validate.errors).toMatchObject([{ instancePath: '/next/next/n', message: 'must be integer' }]);
  });

  it.each([
    ['date-time', '2024-04-18T08:53:52.225655Z', true],
    ['date-time', '2024-04-18T08:53:52+01:00', true],
    ['date-time', '2024-04-18T08:53:52', false],
    ['date-time', '2024-02-30T08:53:52Z', false],
    ['date-time', '2024-13-01T08:53:52Z', false],
    ['date-time', '2024-04-18T25:00:00Z', false],
    ['date', '2024-02-29', true],
    ['date', '2024-04-31', false],
    ['uri', 'https://api.example.com/a?b=c', true],
    ['uri', 'not a uri', false],
    ['uuid', '7f1c2f0e-0d3c-4d6f-9d3e-2f6f6f9d7a10', true],
    ['uuid', '7f1c2f0e', false],
    ['email', 'a@example.com', true],
    ['email', 'a', false],
    ['int32', 'anything', true],
  ])('format %s: %s is %s', async (format, value, valid) => {
    const { validate } = await validatorOf({ type: 'string', format });
    expect(validate(value)).toBe(valid);
  });

  it.each([
    [{ format: 'date-time' }, ['2016-12-31 23:59:60Z'], ['2016-12-30T23:59:60Z', '2023-02-29T00:00:00Z']],
    [{ multipleOf: 0.01 }, [19.99], [19.995]],
    [{ pattern: '^\\p{L}+$' }, ['Zoë'], ['p{L}']],
    [{ pattern: '^[\\w\\-]+$' }, ['a-b'], ['a b']],
  ])('mean by %j what rules and fake mean by it', async (schema, right, wrong) => {
    const { validate } = await validatorOf(schema);
    expect(right.map((value) => validate(value))).toEqual(right.map(() => true));
    expect(wrong.map((value) => validate(value))).toEqual(wrong.map(() => false));
  });
});
