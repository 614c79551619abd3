import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadDocument } from '../../../src/document/index.js';
import { august, pullFixture, pullProject, quickPrograms } from '../../test/pull-project.js';
import { DOCUMENT } from '../places.js';
import { pull } from './pull.js';

const project = pullProject();

describe('a change upstream', () => {
  it('is fetched from where the overlay says, corrected, shown, written and generated from', async () => {
    const lines: string[] = [];
    const { report, written } = await pull(project.root, { progress: (line) => lines.push(line) });
    expect(report).toContain('EVSEMake.evse_models was "models": renamed');
    expect(report).toContain('Proposed version: 0.5.0 (minor)');
    expect(written).toEqual(['generated/client.ts', 'generated/old.ts', DOCUMENT]);
    const document = await loadDocument(join(project.root, DOCUMENT));
    expect(document.info.title).toBe('Ours');
    expect(document.paths).toEqual((await loadDocument(pullFixture('august-2026'))).paths);
    expect(project.tree()).toHaveProperty(['generated/client.ts'], `// ${project.tree()[DOCUMENT]?.length}`);
    expect(project.tree()).not.toHaveProperty(['generated/old.ts']);
    expect(report).toMatch(/^Corrected:\n {2}1 × A title of ours\.\n/);
    expect(report).toMatch(/\nNext:\n {2}git diff openapi/);
    expect(lines).toContain('Linting');
  });

  it('changes no byte when it is pulled again', async () => {
    await pull(project.root, {}, quickPrograms);
    const before = project.tree();
    const { report, written } = await pull(project.root, {}, quickPrograms);
    expect(report).toBe(`No change: ${DOCUMENT} is what ${project.url} gives.\n`);
    expect(written).toEqual([]);
    expect(project.tree()).toEqual(before);
  });

  it('comes from a file, as JSON too', async () => {
    const file = join(project.root, 'published.json');
    await writeFile(file, JSON.stringify(await loadDocument(pullFixture('august-2026'))));
    expect((await pull(project.root, { from: file }, quickPrograms)).written).toContain(DOCUMENT);
  });

  it('is only shown with dryRun', async () => {
    const before = project.tree();
    const { report, written } = await pull(project.root, { dryRun: true }, quickPrograms);
    expect(report).toContain('1 breaking');
    expect(written).toEqual([]);
    expect(project.tree()).toEqual(before);
  });

  it('is shown against another document with dryRun alone', async () => {
    await cp(pullFixture('august-2026'), join(project.root, DOCUMENT));
    const options = { dryRun: true, base: pullFixture('seed-page') };
    const { report } = await pull(project.root, options, quickPrograms);
    expect(report).toContain('1 breaking');
    expect(report).toContain(pullFixture('seed-page'));
    expect(await project.refused({ base: pullFixture('seed-page') })).toContain('--base needs --dry-run');
  });

  it('has its refused examples left out, those that the lint alone refuses too, its mistakes as well, and says so', async () => {
    const refusing = parse(august);
    refusing.components.schemas.EVSEMake.examples = [{ id: 7 }];
    delete refusing.components.schemas.EVSEMake.required;
    const { content } = refusing.paths['/evse_makes/{evse_make_id}'].get.responses['200'];
    // Its schema allows other fields, but the lint says that an example must have none.
    content['application/json'].examples = { Surplus: { value: { surplus: 1 } } };
    Object.assign(refusing.paths['/evse_makes'].get, { produces: ['application/json'], tags: null });
    refusing.components.schemas.EVSEMake.properties.name.required = true;
    // The lint can't read such names, which are right.
    const box = { name: 'ид', in: 'path', required: true, schema: { type: 'string' } };
    refusing.paths['/ящик/{ид}'] = { get: { operationId: 'box', parameters: [box], responses: { 204: {} } } };
    project.body = stringify(refusing);
    const { report, details } = await pull(project.root, { dryRun: true });
    expect(report).toContain(
      '3 × left out, first: Expected type `array` but got `boolean`., at #/components',
    );
    expect(details).toContain(
      'left out: Property `produces` is not expected here., at `#/paths/~1evse_makes/get/produces`',
    );
    expect(report).toContain('2 × example');
    const places = [...details.matchAll(/^- example: removed, .* at `(.*)`$/gm)].map((match) => match[1]);
    expect(places).toEqual([
      '#/components/schemas/EVSEMake/examples/0',
      '#/paths/~1evse_makes~1{evse_make_id}/get/responses/200/content/application~1json/examples/Surplus',
    ]);
  });

  it('that breaks the types is written with skipChecks only', async () => {
    project.body = august.replace('version: "2.0"', 'version: FAIL check-client');
    const message = await project.refused({}, quickPrograms);
    expect(message).toContain(
      'npm run check:client fails with the new document; nothing was changed:\ncheck-client says no',
    );
    expect(message).toContain('EVSEMake.evse_models was "models": renamed');
    expect(message).toContain('pull with --skip-checks');
    expect((await pull(project.root, { skipChecks: true }, quickPrograms)).written).toContain(DOCUMENT);
  });

  it('in OpenAPI 3.0 is converted, which one line says', async () => {
    project.body = august.replace(/^openapi: .*$/m, 'openapi: 3.0.3');
    const { report } = await pull(project.root, { dryRun: true }, quickPrograms);
    expect(report).toContain('Read:\n  the document is in OpenAPI 3.0.3 and was converted to 3.1.0\n');
  });
});

describe('the project stays as it was', () => {
  it('when it cannot be generated from', async () => {
    project.body = august.replace('version: "2.0"', 'version: FAIL generate');
    expect(await project.refused({}, quickPrograms)).toContain(
      'npm run generate fails with the new document; nothing was changed:\ngenerate says no',
    );
  });

  it.each([
    ['a web page', '<html>', 'is a web page, not an OpenAPI document'],
    ['a document that ends early', august.slice(0, 20_000), 'is incomplete: it refers to'],
    [
      'JSON cut in the middle of a line',
      JSON.stringify({ openapi: '3.1.0', info: {} }).slice(0, -1),
      'is neither JSON nor YAML',
    ],
    [
      'the document of another API',
      august.replaceAll('ev.energy/', 'example.com/'),
      'is a document of another API',
    ],
    ['a document of OpenAPI 2', 'swagger: "2.0"', 'must be OpenAPI 3.x'],
    [
      'a document with lint errors',
      august.replace('\n  /evse_makes:\n', '\n  /evse_makes?all=true: {}\n  /evse_makes:\n'),
      "The document has errors that a pull doesn't correct by itself: add an action for each to openapi/overlay.yaml",
    ],
  ])('when it is given %s', async (_, text, message) => {
    expect(text).not.toBe(august);
    project.body = text;
    expect(await project.refused()).toContain(message);
  });

  it('when nobody says where the document is', async () => {
    await writeFile(join(project.root, 'openapi/overlay.yaml'), 'overlay: 1.0.0\nactions: []');
    expect(await project.refused()).toBe(
      "Say --from URL|FILE, or name the document in 'extends' of openapi/overlay.yaml",
    );
  });

  it('when the pull is stopped while generating', async () => {
    const controller = new AbortController();
    project.body = august.replace('version: "2.0"', 'version: HANG generate');
    const progress = (line: string) => {
      if (line.startsWith('Generating')) setTimeout(() => controller.abort(new Error('stopped')), 300);
    };
    expect(await project.refused({ signal: controller.signal, progress })).toBe('stopped');
  });

  it('when its files cannot be written', async () => {
    // A folder where a file is to be written, so that renaming onto it fails.
    await mkdir(join(project.root, 'generated/client.ts'), { recursive: true });
    await writeFile(join(project.root, 'generated/client.ts/keep'), '');
    expect(await project.refused({}, quickPrograms)).toMatch(/EISDIR|ENOTEMPTY|EEXIST/);
  });
});
