import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const TSX = import.meta.resolve('tsx');
const MAIN = join(import.meta.dirname, 'main.ts');

const DOCUMENT = `openapi: 3.1.0
info: { title: T, version: '1.0' }
paths:
  /things/{id}:
    get:
      operationId: get-things-id
      description: Gives a thing.
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The thing.
          content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } }
`;

let folder: string;
/** What is generated from the document above, made once for all tests that begin with it. */
let original: string;

const freshFolder = () => mkdtemp(join(tmpdir(), 'generate-'));

beforeAll(async () => {
  folder = await freshFolder();
  await generate(DOCUMENT);
  original = folder;
});
afterAll(() => rm(original, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await freshFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = () => cp(join(original, 'out'), join(folder, 'out'), { recursive: true });

async function generate(document: string, ...options: string[]) {
  await writeFile(join(folder, 'spec.yaml'), document);
  const result = spawnSync(
    process.execPath,
    ['--import', TSX, MAIN, '--spec', 'spec.yaml', '--out', 'out', ...options],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  return { code: result.status, out: result.stdout, err: result.stderr };
}

async function contents(): Promise<Record<string, string>> {
  const names = await readdir(join(folder, 'out')).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, 'out', name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

describe('npm run generate', () => {
  it('writes every file, and the same bytes again', async () => {
    expect(await generate(DOCUMENT)).toMatchObject({ code: 0, err: '' });
    const first = await contents();
    expect(Object.keys(first).sort()).toEqual([
      'client.ts',
      'models.ts',
      'operations.ts',
      'schema.ts',
      'validators.d.ts',
      'validators.js',
    ]);
    await rm(join(folder, 'out'), { recursive: true });
    await generate(DOCUMENT);
    expect(await contents()).toEqual(first);
    expect((await generate(DOCUMENT)).out).toContain('up to date');
    expect(await readdir(folder)).toEqual(['out', 'spec.yaml']);
  });

  it('--check names what is stale and changes nothing', async () => {
    await begin();
    await writeFile(join(folder, 'out/extra.ts'), '');
    const before = await contents();
    const result = await generate(DOCUMENT.replace('Gives a thing', 'Returns a thing'), '--check');
    expect(result.code).toBe(1);
    expect(result.err).toContain('out/client.ts');
    expect(result.err).toContain('out/extra.ts');
    expect(result.err).toContain('npm run generate');
    expect(await contents()).toEqual(before);
  });

  it('--check passes on what was generated', async () => {
    await begin();
    expect(await generate(DOCUMENT, '--check')).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [
      'an unresolvable $ref',
      DOCUMENT.replace('{ type: object,', "{ $ref: '#/components/schemas/None',"),
      '#/components/schemas/None',
    ],
    [
      'a missing operation id',
      DOCUMENT.replace('      operationId: get-things-id\n', ''),
      'has no operationId',
    ],
    ['another version', DOCUMENT.replace('3.1.0', '2.0'), 'must be OpenAPI 3.x'],
    ['a broken file', `${DOCUMENT}\n  : : [`, 'line 1'],
    [
      'a wrong pattern',
      DOCUMENT.replace('type: integer', "type: string, pattern: '('"),
      'Invalid regular expression',
    ],
  ])('refuses %s with one message and leaves the folder as it was', async (_, document, message) => {
    await begin();
    const before = await contents();
    const result = await generate(document);
    expect(result.code).toBe(2);
    expect(result.err).toContain(message);
    expect(result.err).not.toContain('    at ');
    expect(await contents()).toEqual(before);
  });

  it('says where in the document a refusal stands', async () => {
    const document = DOCUMENT.replace('{ type: object,', "{ $ref: '#/components/schemas/None',");
    expect((await generate(document)).err).toContain('#/paths/~1things~1{id}/get/responses/200/content');
  });

  it('replaces no folder that holds other files, and takes away what it once generated', async () => {
    await begin();
    const [file] = Object.values(await contents());
    await writeFile(join(folder, 'out/former.ts'), file ?? '');
    const changed = DOCUMENT.replace('Gives a thing', 'Returns a thing');
    await writeFile(join(folder, 'out/mine.txt'), 'not generated');
    const before = await contents();
    const refused = await generate(changed);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/out\/mine\.txt isn't a generated file/);
    expect(refused.err).not.toContain('    at ');
    expect(await contents()).toEqual(before);

    await rm(join(folder, 'out/mine.txt'));
    expect((await generate(changed)).code).toBe(0);
    expect(Object.keys(await contents())).not.toContain('former.ts');
  });

  it('refuses an unknown option in one line', async () => {
    const result = await generate(DOCUMENT, '--chekc');
    expect(result.code).toBe(2);
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });
});
