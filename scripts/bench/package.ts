/** What the package costs before it does anything: bundle size, import time, type-check time, beside other clients. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from '../package/run.js';
import { bundleSize } from '../package/size.js';
import { installation } from '../package/tarball.js';
import { others } from './others.js';

const IMPORT_ROUNDS = 15;
const TYPE_ROUNDS = 5;

interface Subject {
  name: string;
  /** Modules whose loading is timed. */
  modules: string[];
  /** A program that makes a client. */
  program?: string;
  /** A program that makes a typed call. */
  call?: string;
}

const PLUGINS = ['retry', 'throttling', 'paginate-rest'].map((name) => `@octokit/plugin-${name}`);

const SUBJECTS: readonly Subject[] = [
  {
    name: 'ev-energy-client',
    modules: ['ev-energy-client'],
    program: `import { EvEnergy } from 'ev-energy-client';\nexport const client = new EvEnergy();`,
    call: `import { EvEnergy } from 'ev-energy-client';
export const items = (await new EvEnergy().evseMakes.list()).data;`,
  },
  { name: 'ev-energy-client/testing', modules: ['ev-energy-client/testing'] },
  { name: 'ev-energy-client/contract', modules: ['ev-energy-client/contract'] },
  {
    name: 'openapi-fetch',
    modules: ['openapi-fetch'],
    program: `import createClient from 'openapi-fetch';\nexport const client = createClient();`,
    call: `import createClient from 'openapi-fetch';
import type { paths } from 'ev-energy-client/schema';
export const items = (await createClient<paths>().GET('/evse_makes')).data;`,
  },
  {
    name: '@octokit/core',
    modules: ['@octokit/core'],
    program: `import { Octokit } from '@octokit/core';\nexport const client = new Octokit();`,
    call: `import { Octokit } from '@octokit/core';
export const items = (await new Octokit().request('GET /gists')).data;`,
  },
  {
    name: '@octokit/core, retry, throttling, paginate',
    modules: ['@octokit/core', ...PLUGINS],
    program: `import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
export const client = new (Octokit.plugin(retry, throttling, paginateRest))();`,
    call: `import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
const client = new (Octokit.plugin(retry, throttling, paginateRest))();
export const items = await client.paginate('GET /gists');`,
  },
  {
    name: 'openai',
    modules: ['openai'],
    program: `import OpenAI from 'openai';\nexport const client = new OpenAI({ apiKey: '' });`,
    call: `import OpenAI from 'openai';\nexport const items = (await new OpenAI().models.list()).data;`,
  },
];

/** The measurements as a Markdown table. Rounds go through all subjects, so that each meets the same machine. */
export async function packageTable(): Promise<string> {
  const folder = await installed();
  try {
    const imports = await timed(IMPORT_ROUNDS, (subject) => importTime(subject, folder));
    const types = await timed(TYPE_ROUNDS, (subject) => typeCheckTime(subject, folder));
    const own = imports.get('ev-energy-client') ?? 1;
    const rows: string[] = [];
    for (const { name, program } of SUBJECTS) {
      const size = program && (await bundleSize(program, folder));
      const [time = 0, check] = [imports.get(name), types.get(name)];
      const kilobytes = size ? `${(size.core / 1000).toFixed(1)} KB` : '–';
      const checked = check === undefined ? '–' : `${(check / 1000).toFixed(2)} s`;
      rows.push(
        `| ${name} | ${kilobytes} | ${time.toFixed(0)} ms | ${(time / own).toFixed(2)} | ${checked} |`,
      );
    }
    return [
      '| | min+gzip | import | ratio | type check |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...rows,
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A project with this package, as npm installs it, and the others. */
async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-bench-'));
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const modules of [join(await others(), 'node_modules'), join(await installation(), 'node_modules')]) {
    for (const name of await readdir(modules)) {
      if (name.startsWith('.')) continue;
      // The same version of openapi-fetch comes with both.
      await symlink(join(modules, name), join(folder, 'node_modules', name)).catch(() => {});
    }
  }
  return folder;
}

async function timed(
  rounds: number,
  measure: (subject: Subject) => Promise<number | undefined>,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of SUBJECTS) {
      const time = await measure(subject);
      if (time !== undefined) times.set(subject.name, [...(times.get(subject.name) ?? []), time]);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

async function importTime({ modules }: Subject, folder: string): Promise<number> {
  const imports = modules.map((module) => `import('${module}')`).join(', ');
  const script = `const begun = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - begun);`;
  return Number(await output(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder }));
}

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const OPTIONS = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16'];

async function typeCheckTime({ call }: Subject, folder: string): Promise<number | undefined> {
  if (call === undefined) return undefined;
  await writeFile(join(folder, 'call.ts'), call);
  const begun = performance.now();
  await output(process.execPath, [TSC, ...OPTIONS, '--lib', 'es2022,dom,dom.iterable', 'call.ts'], {
    cwd: folder,
  });
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.filename === process.argv[1]) process.stdout.write(`${await packageTable()}\n`);
