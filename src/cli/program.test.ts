import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { evEnergy } from '../../scripts/test/cli/ev-energy.js';
import { programFor } from './program.js';

/** The command lines of all commands, from the program on. */
async function allCommands(words: readonly string[] = []): Promise<string[][]> {
  const { stdout } = await evEnergy(undefined, ['__complete', ...words, '']);
  const names = stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
  return [[...words], ...names.map((name) => [...words, name])];
}

test('Every help of every command fits into 80 columns', async () => {
  const io = {
    stdout: { write: () => {} },
    stderr: { write: () => {} },
    environment: {},
    signal: new AbortController().signal,
  };
  let helps = 0;
  const check = (command: Command, path: string) => {
    for (const line of command.helpInformation().split('\n'))
      expect(line.length, `${path}: ${line}`).toBeLessThanOrEqual(80);
    // Commander breaks it into lines. One that has breaks of its own would be broken twice.
    expect(command.description(), path).not.toContain('\n');
    helps += 1;
    for (const within of command.commands) check(within, `${path} ${within.name()}`);
  };
  for (const [name = ''] of await allCommands()) {
    const program = await programFor([name], io);
    check(program.commands.find((one) => one.name() === name) ?? program, name);
  }
  expect(helps).toBeGreaterThan(250);
});

test('On a terminal of 40 columns, only the name of an option is wider than that', async () => {
  const { stdout } = await evEnergy(undefined, ['support-tickets', 'list', '--help'], {
    isTTY: true,
    columns: 40,
  });
  for (const line of stdout.split('\n'))
    if (line.length > 40) expect(line).toMatch(/^ {2}--[a-z-]+ <[a-z]+>$/);
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
  [['export', 'evses.st'], ['evses.status-logs']],
  [
    ['contract', ''],
    ['check', 'verify', 'compare'],
  ],
  [['contract', '--max'], ['--max-requests']],
  [['contract', '--target', 'st'], ['staging']],
])('%j is completed', async (words, expected) => {
  const { stdout } = await evEnergy(undefined, ['__complete', ...words]);
  const found = stdout.split('\n').map((line) => line.split('\t')[0]);
  expect(found).toEqual(expect.arrayContaining(expected));
});

test.each([
  // As zsh and fish give it, and as bash does, whose words end at an equals sign.
  [['evses', 'list', '--output=j'], '--output=json'],
  [['evses', 'list', '--output', '=', 'j'], 'json'],
  [['evses', 'list', '--expand', 'model,us'], 'model,user'],
  [['evses', 'list', '--expand=model,us'], '--expand=model,user'],
])('%j is completed to %s alone', async (words, expected) => {
  const { stdout } = await evEnergy(undefined, ['__complete', ...words]);
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([expected, '']);
});

test('Completion does not suggest a value that is chosen already', async () => {
  const { stdout } = await evEnergy(undefined, ['__complete', 'evses', 'list', '--expand', 'model,']);
  expect(stdout).toMatch(/^model,user\t/m);
  expect(stdout).not.toMatch(/^model,model\t/m);
});

test('The help of a resource says what it is about, and its commands once', async () => {
  const { stdout } = await evEnergy(undefined, ['evses', '--help']);
  expect(stdout).toContain('\nWhat the API has at /evses.\n');
  expect(stdout).not.toContain('list, retrieve, delete');
});

test('The help describes each command in words, those of operations without a resource too', async () => {
  const { stdout } = await evEnergy(undefined, ['--help']);
  expect(stdout).not.toMatch(/ {2}(GET|POST|PUT|PATCH|DELETE) \//);
});

test('Completion suggests nothing for an option whose values nobody knows', async () => {
  expect((await evEnergy(undefined, ['__complete', 'evses', 'list', '--limit', ''])).stdout).toBe('');
});

test('The script of bash is one that bash can read', async () => {
  const { stdout } = await evEnergy(undefined, ['completion', 'bash']);
  expect(spawnSync('bash', ['-n'], { input: stdout })).toMatchObject({ status: 0 });
  for (const shell of ['zsh', 'fish'])
    expect((await evEnergy(undefined, ['completion', shell])).stdout).toContain('ev-energy __complete');
});

test.each([
  [['evse-makes', 'lst'], "error: unknown command 'lst'\n(Did you mean list?)\n"],
  [['evse-makes', 'ls'], "error: unknown command 'ls'\n(ev-energy evse-makes --help lists the commands.)\n"],
  [['xyz'], "error: unknown command 'xyz'\n(ev-energy --help lists the commands.)\n"],
  [
    ['--output', 'json', 'evses', 'list'],
    "error: unknown option '--output'\n(Options go after the command: ev-energy RESOURCE METHOD --output …)\n",
  ],
  [
    ['evses', 'list', '--since', '1d'],
    "error: unknown option '--since'\n(ev-energy evses list --help lists the options.)\n",
  ],
  [['fake', '--xyz'], "error: unknown option '--xyz'\n(ev-energy fake --help lists the options.)\n"],
])('%j is answered with what was meant, or with where all of them are', async (words, expected) => {
  expect(await evEnergy(undefined, words)).toEqual({ code: 2, stdout: '', stderr: expected });
});
