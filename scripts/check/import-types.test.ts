import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { run } from '../run.js';

/**
 * The files that a text only names in types, as in `import('./a.js').A`. Biome's noImportCycles ignores those, so a
 * circle could go through them.
 */
function unseen(text: string): string[] {
  const seen = new Set<string>();
  const named: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      named.push((node.argument.literal as ts.StringLiteral).text);
    }
    const source =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (source && ts.isStringLiteral(source)) seen.add(source.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest));
  return named.filter((name) => name.startsWith('.') && !seen.has(name));
}

it('an import within a type counts, unless the file imports the same in a way that the linter sees', () => {
  expect(unseen("export type A = import('./a.js').A;")).toEqual(['./a.js']);
  expect(unseen("export const a = (): typeof import('../a.js') => 1;")).toEqual(['../a.js']);
  expect(unseen("export const load = (): Promise<typeof import('./a.js')> => import('./a.js');")).toEqual([]);
  expect(unseen("import { a } from './a.js';\nexport type A = import('./a.js').A;\na();")).toEqual([]);
  expect(unseen("export type A = import('yaml').Document;")).toEqual([]);
});

it('no file names another one in a type alone, where a circle would not be found', async () => {
  const { stdout } = await run('git', ['ls-files', '*.ts', '*.mts', '*.cts', '*.tsx'], { cwd: ROOT });
  const files = stdout.trim().split('\n');
  expect(files.length).toBeGreaterThan(300);
  const found: string[] = [];
  for (const file of files) {
    const text = await readFile(join(ROOT, file), 'utf8').catch(() => '');
    // Most files have none, and needn't be parsed.
    if (/\bimport\(\s*['"]\./.test(text)) found.push(...unseen(text).map((name) => `${file}: ${name}`));
  }
  expect(found).toEqual([]);
});
