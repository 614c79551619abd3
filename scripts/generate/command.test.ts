import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { runCommand } from '../test/command.js';
import { main } from './command.js';

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
/** Generated from the document above, once for all tests that begin with it. */
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
  const spec = join(folder, 'spec.yaml');
  await writeFile(spec, document);
  return runCommand(main, '--spec', spec, '--out', join(folder, 'out'), ...options);
}

async function contents(): Promise<Record<string, string>> {
  const names = await readdir(join(folder, 'out')).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, 'out', name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

describe('npm run generate', () => {
  it('writes every file, and the same bytes again', async () => {
    expect(await generate(DOCUMENT)).toMatchObject({ code: 0, stderr: '' });
    const first = await contents();
    expect(Object.keys(first).sort()).toEqual([
      'body-names.ts',
      'client.ts',
      'commands.ts',
      'document.json',
      'models.ts',
      'operations.ts',
      'schema.ts',
      'validators.d.ts',
      'validators.js',
      'webhooks.ts',
    ]);
    await rm(join(folder, 'out'), { recursive: true });
    await generate(DOCUMENT);
    expect(await contents()).toEqual(first);
    expect((await generate(DOCUMENT)).stdout).toContain('up to date');
    expect(await readdir(folder)).toEqual(['out', 'spec.yaml']);
  });

  it('names operations that would share a method by their ids, and says so', async () => {
    const post = `
    post:
      operationId: bend-thing
      'x-method-name': things.retrieve
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Done. } }
`;
    const { code, stderr } = await generate(DOCUMENT.trimEnd() + post);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'GET /things/{id} is things.getThingsId(), POST /things/{id} is things.bendThing()',
    );
  });

  it('gives an operation without an operationId one of method and path, and says so', async () => {
    const result = await generate(DOCUMENT.replace('      operationId: get-things-id\n', ''));
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('GET /things/{id} is called get-things-id');
  });

  it('says that a document in OpenAPI 3.0 was converted', async () => {
    const result = await generate(DOCUMENT.replace('3.1.0', '3.0.3'));
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('in OpenAPI 3.0.3 and was converted to 3.1.0');
  });

  it('--check names what is stale and changes nothing', async () => {
    await begin();
    await writeFile(join(folder, 'out/extra.ts'), '');
    const before = await contents();
    const result = await generate(DOCUMENT.replace('Gives a thing', 'Returns a thing'), '--check');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('out/client.ts');
    expect(result.stderr).toContain('out/extra.ts');
    expect(result.stderr).toContain('npm run generate');
    expect(await contents()).toEqual(before);
  });

  it('leaves a pattern that cannot be read out of the validators, and names it', async () => {
    const result = await generate(DOCUMENT.replace('type: integer', "type: string, pattern: '('"));
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(
      /^Note: a pattern that JavaScript has no equal of is left out of the validators: \( at #.*\n$/m,
    );
  });

  it('tells a pattern of a hostile document on one line that does nothing', async () => {
    const pattern = JSON.stringify('(\u001b[2J\n::error::x\r##[error]y');
    const result = await generate(DOCUMENT.replace('type: integer', `type: string, pattern: ${pattern}`));
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^Note: .*: \(\\x1b\[2J\\n::error::x\\r#\\x23\[error\]y at #.*\n$/);
  });

  it('--check passes on what was generated', async () => {
    await begin();
    expect(await generate(DOCUMENT, '--check')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [
      'an unresolvable $ref',
      DOCUMENT.replace('{ type: object,', "{ $ref: '#/components/schemas/None',"),
      '#/components/schemas/None',
    ],
    ['another version', DOCUMENT.replace('3.1.0', '2.0'), 'must be OpenAPI 3.x'],
    ['a broken file', `${DOCUMENT}\n  : : [`, 'line 1'],
    ['a wrong type', DOCUMENT.replace('type: integer', 'type: nothing'), 'No validator can be made'],
  ])('refuses %s with one message and leaves the folder as it was', async (_, document, message) => {
    await begin();
    const before = await contents();
    const result = await generate(document);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('    at ');
    expect(await contents()).toEqual(before);
  });

  it('says where in the document a refusal stands', async () => {
    const document = DOCUMENT.replace('{ type: object,', "{ $ref: '#/components/schemas/None',");
    expect((await generate(document)).stderr).toContain('#/paths/~1things~1{id}/get/responses/200/content');
  });

  it('replaces no folder that holds other files, and takes away what it once generated', async () => {
    await begin();
    const [file] = Object.values(await contents());
    await writeFile(join(folder, 'out/former.ts'), file ?? '');
    const changed = DOCUMENT.replace('Gives a thing', 'Returns a thing');
    await writeFile(join(folder, 'out/mine.txt'), 'not generated');
    const before = await contents();
    const refused = await generate(changed);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/out\/mine\.txt isn't a generated file/);
    expect(refused.stderr).not.toContain('    at ');
    expect(await contents()).toEqual(before);

    await rm(join(folder, 'out/mine.txt'));
    expect((await generate(changed)).code).toBe(0);
    expect(Object.keys(await contents())).not.toContain('former.ts');
  });

  it('refuses an unknown option in one line', async () => {
    const result = await generate(DOCUMENT, '--chekc');
    expect(result.code).toBe(2);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('runs as a program, which ends with its exit code', async () => {
    await begin();
    await writeFile(join(folder, 'spec.yaml'), DOCUMENT.replace('3.1.0', '2.0'));
    const program = ['--silent', 'run', 'generate', '--', '--spec', join(folder, 'spec.yaml')];
    const { code, stdout, stderr } = await run('npm', program, { cwd: ROOT });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^generate: .*must be OpenAPI 3\.x.*\n {2}at #\/openapi\n$/);
  });
});
