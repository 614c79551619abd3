import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { output } from '../run.js';
import { prepared } from './prepared.js';

/** Each file in the tarball matches one of these. */
const EXPECTED = [
  /^(package\.json|(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING|SECURITY)\.md|LICENSE)$/,
  /^openapi\/ev-energy-v2\.yaml$/,
  // The document in the form that can be read quickly.
  /^dist\/generated\/document\.json$/,
  // The file that `--accept sandbox` names.
  /^contract-tests\/accepted\/sandbox\.yaml$/,
  // The files that the README links to.
  /^docs\/((guide|recipes)\/)?[\w-]+\.md$/,
  /^docs\/public\/[\w-]+\.png$/,
  /^examples\/([\w-]+\/)?[\w-]+\.(ts|md|yaml)$/,
  // The built module and its types; no maps, since the sources aren't there.
  /^dist\/(src|generated)\/([\w-]+\/)*[\w-]+\.(js|d\.ts)$/,
];

const REQUIRED = [
  'package.json',
  'README.md',
  'LICENSE',
  'docs/guide/start.md',
  'docs/public/report.png',
  'examples/charging-now.ts',
  'openapi/ev-energy-v2.yaml',
  'contract-tests/accepted/sandbox.yaml',
  'dist/generated/document.json',
  'dist/generated/validators.js',
  'dist/generated/validators.d.ts',
  'dist/generated/schema.d.ts',
  ...[
    'index',
    'contract/index',
    'export/index',
    'node/index',
    'redis/index',
    'testing/index',
    'undici/index',
    'webhooks/index',
    'validators',
  ].flatMap((entry) => ['js', 'd.ts'].map((kind) => `dist/src/${entry}.${kind}`)),
  'dist/src/cli/bin.js',
  'dist/src/contract/bin.js',
];

async function files(): Promise<string[]> {
  const listing = await output('tar', ['-tzf', (await prepared()).tarball]);
  return listing
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

async function manifest() {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8');
  return JSON.parse(text) as { exports: Record<string, unknown>; sideEffects: unknown };
}

/** The files that a page links to. A link of the site begins with a slash: `/guide/start`. */
function linksOf(text: string, page: string): string[] {
  return [...text.matchAll(/\]\(([^)\s#]+)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^\w+:/.test(to))
    .map((to) => (to.startsWith('/') ? `docs${to}` : posix.join(posix.dirname(page), to)));
}

describe('the tarball', { timeout: 120_000 }, () => {
  it('holds the built module, types, the document, the validators and the documentation, and nothing else', async () => {
    const packed = await files();
    expect(packed.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(packed.filter((file) => /\btest\/|\.test|fixtures/.test(file))).toEqual([]);
    expect(REQUIRED.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('has what its pages link to', async () => {
    const packed = await files();
    const pages = packed.filter((file) => file.endsWith('.md'));
    const broken = await Promise.all(
      pages.map(async (page) => {
        const text = await readFile(join(ROOT, page), 'utf8');
        return linksOf(text, page).filter((file) => !packed.includes(file) && !packed.includes(`${file}.md`));
      }),
    );
    expect(pages.length).toBeGreaterThan(20);
    expect(broken.flat()).toEqual([]);
  });

  it('has types for each module', async () => {
    const packed = new Set(await files());
    const modules = [...packed].filter((file) => file.endsWith('.js'));
    expect(modules.filter((file) => !packed.has(file.replace(/js$/, 'd.ts')))).toEqual([]);
    expect(modules.length).toBeGreaterThan(100);
  });

  it('has the entry points that the README names', async () => {
    const { exports } = await manifest();
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^\| `ev-energy-client(\S*)` /gm)].map(([, entry]) => `.${entry}`);
    expect(named).toContain('./undici');
    expect(Object.keys(exports).sort()).toEqual([...named, './package.json'].sort());
  });

  it('is free of findings of publint', async () => {
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: new Uint8Array(await readFile((await prepared()).tarball)).buffer },
    });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });
});
