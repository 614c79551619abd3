/** `npm run bench`: measures the client against raw `fetch` and other clients, and prints a table. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import { ROOT } from '../root.js';
import type { Place } from './measure.js';
import { pin } from './pin.js';
import { markdown, type Suite } from './row.js';
import { SUITES } from './suites/index.js';

const NAMES = Object.keys(SUITES);
const OUT = join(ROOT, 'node_modules/.cache/ev-energy-client/bench');

const HELP = `Usage: npm run bench -- [options] [suite…]

Measures the client against a local server, and prints a table in Markdown.
Server and subjects have a process each; the subjects take turns, on a core of
their own where there is taskset. Values are medians over the rounds, ratios
those of the medians; of CPU time, medians of the rounds' ratios.

Suites: ${NAMES.join(', ')} (default: all)

Options:
  --rounds N   rounds of each suite, 1 to 99 (default 7; more is steadier)
  --help       show this help

Exit codes: 0 all targets reached, 1 some missed, 2 could not run.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '7' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.find((name) => !NAMES.includes(name));
  if (unknown) throw new UsageError(`there is no suite '${unknown}'; there are ${NAMES.join(', ')}`);
  if (!/^[1-9]\d?$/.test(values.rounds))
    throw new UsageError(`--rounds: '${values.rounds}' is not a number from 1 to 99`);
  await compile();
  const server = fork(join(OUT, 'server.js'));
  pin(server.pid, 'first');
  try {
    const [port] = (await once(server, 'message')) as [number];
    const place: Place = {
      worker: join(OUT, 'worker.js'),
      machine: join(OUT, 'machine.js'),
      origin: `http://127.0.0.1:${port}`,
      rounds: Number(values.rounds),
      progress,
    };
    const suites: Suite[] = [];
    for (const name of positionals.length > 0 ? positionals : NAMES) {
      process.stderr.write(`${name} …\n`);
      suites.push(...((await SUITES[name]?.(place)) ?? []));
    }
    progress('');
    process.stdout.write(`${heading()}\n\n${suites.map(markdown).join('\n\n')}\n`);
    return suites.every(({ rows }) => rows.every(({ ok }) => ok !== false)) ? 0 : 1;
  } finally {
    server.kill();
  }
}

/** On a terminal, in a line that the next message replaces. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K  ${text}`);
}

class UsageError extends Error {}

/** Compiles as an application would ship it; running TypeScript directly would add work to each function. */
async function compile(): Promise<void> {
  await build({
    entryPoints: {
      worker: join(ROOT, 'scripts/bench/worker/worker.ts'),
      server: join(ROOT, 'scripts/bench/server.ts'),
      machine: join(ROOT, 'scripts/bench/worker/machine.ts'),
    },
    outdir: OUT,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
}

function heading(): string {
  const others = Object.entries(manifest.devDependencies)
    .filter(([name]) => ['openai', 'stripe', 'undici'].includes(name) || name.startsWith('@octokit/'))
    .map(([name, version]) => `${name} ${version}`);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}`;
  const packages = [`openapi-fetch ${manifest.dependencies['openapi-fetch']}`, ...others].join(', ');
  const options = process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : '';
  return `Measured on ${date} with \`npm run bench${options}\`: Node ${process.versions.node}, ${machine}; ${packages}.`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const usage =
      error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(
      `bench: ${usage ? `${(error as Error).message}; see --help` : (error as Error).stack}\n`,
    );
    process.exitCode = 2;
  },
);
