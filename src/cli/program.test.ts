import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { evEnergy } from '../../scripts/test/cli/ev-energy.js';

/** The command lines of all commands, from the program on. */
async function allCommands(words: readonly string[] = []): Promise<string[][]> {
  const { stdout } = await evEnergy(undefined, ['__complete', ...words, '']);
  const names = stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
  return [[...words], ...names.map((name) => [...words, name])];
}

test('Every help fits into 80 columns', async () => {
  const resources = await allCommands();
  expect(resources.length).toBeGreaterThan(50);
  // One of each kind: all of them have the same form.
  const operations = (await Promise.all(resources.slice(0, 20).map(allCommands))).flat();
  const within = await allCommands(['evses', 'status-logs']);
  for (const words of [...resources, ...operations, ...within]) {
    if (words[0] === 'contract') continue;
    const { code, stdout } = await evEnergy(undefined, [...words, '--help']);
    expect(code, words.join(' ')).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  }
});

test('Each operation of the document has a command', async () => {
  const { operations } = await import('../client/resource/resources.js');
  let commands = 0;
  for (const resource of await allCommands()) {
    const [name] = resource;
    if (name === undefined || ['export', 'completion', 'contract'].includes(name)) continue;
    for (const words of (await allCommands(resource)).slice(1))
      commands += Math.max(1, (await allCommands(words)).length - 1);
  }
  // Those at the root have no resource.
  expect(commands).toBeGreaterThan(operations.length - 10);
  expect(commands).toBeLessThanOrEqual(operations.length);
});

test.each([
  [['ev'], ['evses', 'evse-makes']],
  [
    ['evses', ''],
    ['list', 'status-logs'],
  ],
  [['evses', 'status-logs', 'list', '--si'], ['--since']],
  [
    ['evses', 'list', '--output', ''],
    ['table', 'json', 'ndjson', 'csv'],
  ],
  [
    ['evses', 'list', '--expand', 'model'],
    ['model', 'model.make'],
  ],
  [['completion', 'z'], ['zsh']],
])('%j is completed', async (words, expected) => {
  const { stdout } = await evEnergy(undefined, ['__complete', ...words]);
  const found = stdout.split('\n').map((line) => line.split('\t')[0]);
  expect(found).toEqual(expect.arrayContaining(expected));
});

test('What is completed needs a value that nothing is known of: then nothing is said', async () => {
  expect((await evEnergy(undefined, ['__complete', 'evses', 'list', '--limit', ''])).stdout).toBe('');
});

test('The script of bash is one that bash can read', async () => {
  const { stdout } = await evEnergy(undefined, ['completion', 'bash']);
  expect(spawnSync('bash', ['-n'], { input: stdout })).toMatchObject({ status: 0 });
  for (const shell of ['zsh', 'fish'])
    expect((await evEnergy(undefined, ['completion', shell])).stdout).toContain('ev-energy __complete');
});
