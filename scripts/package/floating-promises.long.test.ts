import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../run.js';
import { project, tool } from './project.js';

const CONFIG = `import { config, configs } from 'typescript-eslint';
export default config(configs.recommendedTypeChecked, {
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
});
`;

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    types: [],
    strict: true,
    skipLibCheck: true,
  },
  files: ['calls.ts'],
});

it('calls that are neither awaited nor voided are reported by recommendedTypeChecked of typescript-eslint', async () => {
  const calls = await readFile(join(import.meta.dirname, 'consumers/calls.ts'), 'utf8');
  const files = { 'calls.ts': calls, 'tsconfig.json': TSCONFIG, 'eslint.config.js': CONFIG };
  const folder = await project(files, ['typescript-eslint']);
  const { stdout, stderr } = await run(
    process.execPath,
    [tool('eslint', 'bin/eslint.js'), '--format', 'json', 'calls.ts'],
    { cwd: folder },
  );
  expect(stderr).toBe('');
  const [{ messages }] = JSON.parse(stdout) as [{ messages: { line: number; ruleId: string }[] }];
  const forgotten = calls
    .split('\n')
    .flatMap((text, index) => (text.includes('forgotten') ? [index + 1] : []));
  expect(forgotten.length).toBeGreaterThan(4);
  expect(messages.map(({ line, ruleId }) => [line, ruleId])).toEqual(
    forgotten.map((line) => [line, '@typescript-eslint/no-floating-promises']),
  );
}, 120_000);
