import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startFake } from '../../src/testing/index.js';
import { type Finished, run } from '../run.js';
import { terminal } from '../test/cli/tmux.js';
import { project } from './project.js';

let folder: string;
beforeAll(async () => {
  folder = await project();
}, 300_000);

/** Runs a line of bash against a fake, in a consumer's project. */
async function shell(line: string): Promise<Finished> {
  await using fake = await startFake({ evses: 2_000, record: false });
  return await run('bash', ['-c', line], {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
      EV_ENERGY_BASE_URL: fake.url,
      EV_ENERGY_CLIENT_ID: fake.clientId,
      EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
      EV_ENERGY_CONFIG: join(folder, 'config'),
    },
  });
}

describe('the installed ev-energy', { timeout: 60_000 }, () => {
  it('shows its help within 400 ms of CPU time', async () => {
    const once = "TIMEFORMAT='%U %S'; time ev-energy --help > /dev/null";
    const { stderr } = await shell(Array(5).fill(once).join('; '));
    const seconds = stderr
      .trim()
      .split('\n')
      .map((line) => line.split(' ').reduce((sum, part) => sum + Number(part), 0));
    expect(seconds).toHaveLength(5);
    expect(Math.min(...seconds)).toBeLessThan(0.4);
  });

  it('ends quietly where its reader has seen enough', async () => {
    const { code, stdout, stderr } = await shell(
      `set -o pipefail; ev-energy evses list -o ndjson | head -1 | cut -c1-12; echo "\${PIPESTATUS[@]}"`,
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{"id":"evse0\n0 0 0\n', stderr: '' });
  });

  it('ends with 2 where its output cannot be written', async () => {
    const { code, stderr } = await shell('ev-energy evses list > /dev/full');
    expect({ code, stderr }).toEqual({ code: 2, stderr: "The output can't be written: ENOSPC\n" });
  });

  it('writes a table into a terminal, as wide as that is', async () => {
    const { stdout } = await shell("script -qec 'stty cols 50; ev-energy evses list --limit 3' /dev/null");
    const lines = stdout.split('\r\n');
    expect(lines[0]).toMatch(/^ID /);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('asks in a terminal before it writes', async () => {
    const command = 'ev-energy evses delete evse01HSH04KDEWF6Z4DB2J77J74K5';
    const { stdout } = await shell(`printf 'n\\n' | script -qec '${command}' /dev/null`);
    expect(stdout).toMatch(/^(n\r\n)?DELETE http:\S+\r\nSend it\? \[y\/N\] /);
    expect(stdout).toContain('Nothing was sent.');
  });

  it.each([
    ['bash', ['bash', '--norc'], 'source <(ev-energy completion bash)'],
    ['zsh', ['zsh', '-f'], 'autoload -U compinit; compinit -u -D; source <(ev-energy completion zsh)'],
    ['fish', ['fish', '--no-config'], 'ev-energy completion fish | source'],
  ])('is completed by %s, in a terminal', async (_shell, command, setUp) => {
    await using shell = await typedInto(command);
    await shell.type(setUp, 'Enter', 'echo rea""dy', 'Enter');
    await shell.screen(/^ready/m);
    for (const [typed, completed] of [
      ['ev-energy evses sta', /ev-energy evses status-logs$/m],
      ['ev-energy evses list --output=j', /--output=json$/m],
      ['ev-energy evses list --expand model,us', /--expand model,user$/m],
      ['ev-energy export evses.st', /export evses\.status-logs$/m],
    ] as const) {
      await shell.type('C-u', typed, 'Tab');
      await shell.screen(completed);
    }
  });

  it.each([
    ['--help', /Exit codes:/],
    ['evses list --help', /--page-size/],
    ['evses retrieve', /missing required argument/],
    ['evses list --output xml', /Allowed choices/],
    ['contract --targt live', /did you mean\s--target/],
  ])('%s fits into a terminal of 80 columns', async (line, pattern) => {
    await using shell = await typedInto(['bash', '--norc']);
    await shell.type(`clear; ev-energy ${line} 2>&1 | tail -30; echo done`, 'Enter');
    const shown = await shell.screen(/^done/m);
    expect(shown).toMatch(pattern);
    for (const text of shown.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80);
  });
});

/** A terminal in a consumer's project, with the installed commands. */
function typedInto(command: readonly string[]) {
  const env = {
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
    PS1: '> ',
    EV_ENERGY_CONFIG: join(folder, 'config'),
  };
  return terminal(command, { cwd: folder, env });
}
