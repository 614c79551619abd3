import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../root.js';
import { npmRun } from '../../test/command.js';

interface Told {
  codes: readonly number[];
  /** The part of its output that the table quotes. */
  quoted?: string;
  says?: RegExp;
}

/** What each command should do, in the order of the table. */
const TRIED: readonly (readonly [command: RegExp, told: Told])[] = [
  [
    /^npm run spec -- pull --dry-run /,
    { codes: [0], quoted: '0 breaking, 14 compatible, 0 editorial.', says: /^Linting\nComparing$/m },
  ],
  [
    /^npm run spec -- diff .*august-2026\.yaml$/,
    {
      codes: [1],
      quoted: '1 breaking, 13 compatible, 1 editorial.',
      says: /EVSEMake.evse_models was "models": renamed/,
    },
  ],
  [/^npm run contract -- --target staging$/, { codes: [2], says: /set EV_ENERGY_CLIENT_ID and/ }],
  [
    /^npm run spec -- diff .* --format markdown$/,
    { codes: [1], says: /Proposed version: `\d+\.\d+\.\d+` \((minor|major)\)/ },
  ],
];

/** Why the others can't be run from a test. */
const ELSEWHERE: Record<string, string> = {
  'npm run spec -- pull': 'writes this project; pull.test.ts does it in a project of its own',
  'npm run spec -- pull --skip-checks': 'as above',
  'npm run spec -- consumers': 'needs a release tag; consumers.test.ts makes one',
  'npm run spec -- consumers --base HEAD': 'compiles all examples; consumers.long.test.ts runs it',
  'npm run check && npm test && npm run contract': 'what .ci/run runs, this test among it',
};

const contributing = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const [table = ''] = /^\| step [\s\S]*?\n\n/m.exec(contributing) ?? [];
const commands = [...table.matchAll(/`(npm [^`]+)`/g)].map(([, command = '']) => command);
const tried = commands.filter((command) => !(command in ELSEWHERE));

it("each command in CONTRIBUTING's walkthrough is tried here, or said to be tried elsewhere", () => {
  const left = commands.filter((command) => !tried.includes(command));
  expect(left.sort()).toEqual(Object.keys(ELSEWHERE).sort());
  expect(tried.map((command) => TRIED.findIndex(([pattern]) => pattern.test(command)))).toEqual([
    ...TRIED.keys(),
  ]);
});

it.each(tried)("%s does what CONTRIBUTING's walkthrough says", { timeout: 120_000 }, async (command) => {
  const [, told] = TRIED.find(([pattern]) => pattern.test(command)) ?? [];
  const { code, stdout, stderr } = await npmRun(command);
  expect(told?.codes, stderr).toContain(code);
  if (told?.says) expect(stdout + stderr).toMatch(told.says);
  if (told?.quoted) {
    expect(stdout).toContain(told.quoted);
    expect(table).toContain(told.quoted);
  }
});
