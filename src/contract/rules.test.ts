import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ruleIndex } from '../../scripts/generate/rule-index.js';
import { rules } from './rules.js';

test('a bundler takes all rules into one file', async () => {
  const entry = new URL('./rules.ts', import.meta.url).pathname;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const [file] = outputFiles;
  const bundled = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(file?.text ?? '')}`
  );
  expect(bundled.rules.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id));
});

test('a new file in the folder is listed, and its test is not', () => {
  const text = ruleIndex(['b-rule.ts', 'a-rule.ts', 'a-rule.test.ts']);
  expect(text).toContain("import aRule from './rules/a-rule.js';\nimport bRule from './rules/b-rule.js';");
  expect(text).toContain('= [\n  aRule,\n  bRule,\n];');
});
