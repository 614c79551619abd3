import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { expect } from 'vitest';
import { ROOT } from '../root.js';

const CONTRACT = 'node --import tsx src/contract/bin.ts';

/** The files that commands begin with. */
export const COMMANDS = [
  'src/cli/bin.ts',
  'src/contract/bin.ts',
  'scripts/spec/main.ts',
  'scripts/generate/main.ts',
  'scripts/check/main.ts',
  'scripts/mock.ts',
];

/** Sends a process SIGINT once it listens for that. */
const AT_ONCE =
  "process.on('newListener', (name) => name === 'SIGINT' && setImmediate(() => process.kill(process.pid, 'SIGINT')))";

/** Ways in which commands can end, with the exit code of each. */
export const ENDINGS: readonly (readonly [name: string, script: string, code: number])[] = [
  ['a full disk', `${CONTRACT} --list-rules > /dev/full`, 2],
  ['a pipe that is closed', `${CONTRACT} --list-rules > >(exec 0<&-; sleep 0.1); exit $?`, 2],
  ['a full disk, for generation', 'node --import tsx scripts/generate/main.ts --help > /dev/full', 2],
  ['a full disk, for ev-energy', 'node --import tsx src/cli/bin.ts --help > /dev/full', 2],
  [
    'a pipe that is closed, for ev-energy',
    'node --import tsx src/cli/bin.ts --help > >(exec 0<&-; sleep 0.1); exit $?',
    0,
  ],
  [
    'SIGINT, for ev-energy while its server gives no answer',
    withoutAnswer('login --client-credentials'),
    130,
  ],
  [
    "SIGINT, while nobody reads the pipe that is a report's path",
    `folder=$(mktemp -d); mkfifo $folder/pipe; echo '{"log":{"entries":[]}}' > $folder/har; trap "rm -r $folder" EXIT; ${interrupted(`${CONTRACT} verify $folder/har --report json=$folder/pipe`, 'INT')}`,
    130,
  ],
  ...[
    `${CONTRACT} verify $folder/pipe`,
    'EV_ENERGY_ACCESS_TOKEN=a node --import tsx src/cli/bin.ts users create --body @$folder/pipe',
    'node --import tsx scripts/generate/main.ts --check --spec $folder/pipe',
    'node --import tsx scripts/spec/main.ts pull --dry-run --from $folder/pipe',
  ].map((command): readonly [string, string, number] => [
    `SIGTERM, while nobody writes the pipe that is read: ${command}`,
    `folder=$(mktemp -d); mkfifo $folder/pipe; trap "rm -r $folder" EXIT; ${interrupted(command, 'TERM')}`,
    143,
  ]),
  ['SIGTERM', interrupted(`${CONTRACT} --target fake`, 'TERM'), 143],
  ...COMMANDS.map((file): readonly [string, string, number] => [
    `SIGINT, for ${file} before it has loaded`,
    `node --import tsx --import "data:text/javascript,${AT_ONCE}" ${file} --help`,
    130,
  ]),
  ...(['INT', 'TERM', 'HUP'] as const).flatMap((signal): (readonly [string, string, number])[] => [
    [
      `SIG${signal}, for ev-energy contract`,
      interrupted('node --import tsx src/cli/bin.ts contract --target fake', signal),
      128 + constants.signals[`SIG${signal}`],
    ],
    [
      `SIG${signal}, for ev-energy`,
      interrupted(
        'EV_ENERGY_BASE_URL=http://127.0.0.1:9 node --import tsx src/cli/bin.ts login --no-browser --client-id a',
        signal,
      ),
      128 + constants.signals[`SIG${signal}`],
    ],
    ...['fake', 'mock'].map((server): readonly [string, string, number] => [
      `SIG${signal}, for ev-energy ${server}`,
      interrupted(`node --import tsx src/cli/bin.ts ${server} --port 0`, signal),
      128 + constants.signals[`SIG${signal}`],
    ]),
    [
      `SIG${signal}, for npm run spec`,
      interrupted('node --import tsx scripts/spec/main.ts lint', signal),
      128 + constants.signals[`SIG${signal}`],
    ],
    [
      `SIG${signal}, for generation`,
      interrupted('node --import tsx scripts/generate/main.ts --check', signal),
      128 + constants.signals[`SIG${signal}`],
    ],
  ]),
];

/**
 * Ends a command with a signal once it has begun to work. Bash would have a command in the background ignore SIGINT.
 */
function interrupted(command: string, signal: 'INT' | 'TERM' | 'HUP'): string {
  return `set -m; ${command} & pid=$!; sleep 3; kill -${signal} $pid; wait $pid`;
}

/** Sends a command SIGINT once it has connected to a server that never answers. */
function withoutAnswer(command: string): string {
  const program = `
    const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
      const child = require('node:child_process').spawn(
        process.execPath,
        ['--import', 'tsx', 'src/cli/bin.ts', ...process.argv.slice(1)],
        {
          env: { ...process.env, EV_ENERGY_BASE_URL: 'http://127.0.0.1:' + server.address().port },
          stdio: ['ignore', 'inherit', 'inherit'],
        },
      );
      server.on('connection', () => child.kill('SIGINT'));
      child.on('exit', (code) => process.exit(code));
    })`;
  return `EV_ENERGY_CLIENT_ID=a EV_ENERGY_CLIENT_SECRET=not-a-secret node -e "${program}" ${command}`;
}

/** Runs such a script, and checks how it ends. */
export async function expectEnding(_name: string, script: string, expected: number): Promise<void> {
  const child = spawn('bash', ['-c', script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    stderr += part;
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(code, stderr).toBe(expected);
  expect(stderr).not.toMatch(/^\s+at |node:/m);
}
