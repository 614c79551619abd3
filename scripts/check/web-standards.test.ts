import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';

/** What the client's files must not contain, and the word that the compiler's message must contain. */
const REFUSED = [
  ["import { readFile } from 'node:fs/promises';\nreadFile('x');", 'node:fs/promises'],
  ["export const crypto = await import('node:crypto');", 'node:crypto'],
  ["export const home = process.env['HOME'];", 'process'],
  ["export const bytes = Buffer.from('');", 'Buffer'],
  ['export const everything = global;', 'global'],
  ["export const module = require('x');", 'require'],
  ['export const here = __dirname;', '__dirname'],
  ['export const here = import.meta.dirname;', 'dirname'],
  ['setImmediate(() => {});', 'setImmediate'],
  ['setTimeout(() => {}, 1000).unref();', 'unref'],
  ['export const bytes: NodeJS.ArrayBufferView | undefined = undefined;', 'NodeJS'],
  ['export const home = globalThis.process.env.HOME;', 'globalThis'],
  ["export const bytes = globalThis['Buffer'];", 'globalThis'],
  ['export const title = window.title;', 'window'],
  ['export const title = document.title;', 'document'],
  ['export const title = globalThis.window.document.title;', 'globalThis'],
  ['history.back();', 'history'],
  ["alert('hello');", 'alert'],
  ["export const kept = localStorage.getItem('token');", 'localStorage'],
  ["export const kept = sessionStorage.getItem('token');", 'sessionStorage'],
  ["export const home = Deno.env.get('HOME');", 'Deno'],
  ["export const file = Bun.file('x');", 'Bun'],
] as const;

/** What every runtime has. */
const ALLOWED = `export const answer = await fetch(new URL('https://api.example'), { signal: AbortSignal.timeout(1) });
export const id = crypto.randomUUID();
for await (const part of answer.body ?? []) new TextDecoder().decode(part);
export const load = () => import('./allowed.js');
`;

/** The client compiler's messages about each of these texts, as a file of the client. */
function complaints(texts: readonly string[]): string[][] {
  const config = join(ROOT, 'tsconfig.client.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const files = new Map(texts.map((text, index) => [join(ROOT, `src/client/planted-${index}.ts`), text]));
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, `${text}\nexport {};\n`, rest[0]);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}

describe('the compiler of the client', { timeout: 60_000 }, () => {
  const found = complaints(REFUSED.map(([text]) => text));

  it.each(REFUSED.map(([text, name], index) => [text, name, index] as const))(
    'refuses %j, for web standards alone are everywhere',
    (_, name, index) => {
      expect(found[index]).toHaveLength(1);
      expect(found[index]?.[0]).toContain(name);
    },
  );

  it('lets the client use what every runtime has', () => {
    expect(complaints([ALLOWED.replace('./allowed.js', './planted-0.js')])).toEqual([[]]);
  });

  it('is part of `npm run check`', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.check.split(' ')).toContain('check:web-standards');
    expect(scripts['check:web-standards']).toMatch(/tsc -p tsconfig\.client\.json$/);
  });

  it('compiles every file of the client', () => {
    const { include, exclude } = ts.readConfigFile(
      join(ROOT, 'tsconfig.client.json'),
      ts.sys.readFile,
    ).config;
    expect(include).toEqual(['src/index.ts', 'src/client', 'src/webhooks', 'generated']);
    expect(exclude).toEqual(['**/*.test.ts', '**/*.test-d.ts']);
  });
});
