import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSize, type Size } from '../../package/size.js';
import { installation } from '../../package/tarball.js';
import { ROOT } from '../../root.js';
import { output } from '../../run.js';
import { type Place, takeTurns } from '../measure.js';
import type { Suite } from '../row.js';

const OWN = 'ev-energy-client';

interface Subject {
  name: string;
  /** Modules whose loading is timed. */
  modules: string[];
  /** A program that creates a client. */
  program?: string;
  /** A program that makes a typed call. */
  call?: string;
}

const PLUGINS = ['retry', 'throttling', 'paginate-rest'].map((name) => `@octokit/plugin-${name}`);

const SUBJECTS: readonly Subject[] = [
  {
    name: OWN,
    modules: ['ev-energy-client'],
    program: `import { EvEnergy } from 'ev-energy-client';\nexport const client = new EvEnergy();`,
    call: `import { EvEnergy } from 'ev-energy-client';
export const items = (await new EvEnergy().evseMakes.list()).data;`,
  },
  {
    name: 'ev-energy-client with validators',
    modules: ['ev-energy-client', 'ev-energy-client/validators'],
    program: `import { EvEnergy } from 'ev-energy-client';
import { validators } from 'ev-energy-client/validators';
export const client = new EvEnergy({ validators });`,
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

/** What the package costs before it does anything, compared with other clients: size, import time, type-check time. */
export async function packageSuites({ rounds }: Place): Promise<Suite[]> {
  const folder = await installed();
  try {
    return [
      await bundles('Loaded at first, minified and gzipped', folder, ({ first }) => first),
      await bundles(
        'One file with all that is loaded late, minified and gzipped',
        folder,
        ({ whole }) => whole,
      ),
      await suite(
        'Import',
        (time) => `${time.toFixed(0)} ms`,
        rounds,
        ({ modules }) =>
          () =>
            importTime(modules, folder),
      ),
      await suite(
        'Type check of one call',
        (time) => `${(time / 1000).toFixed(2)} s`,
        rounds,
        ({ call }) => call && (() => typeCheckTime(call, folder)),
      ),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function bundles(title: string, folder: string, weight: (size: Size) => number): Promise<Suite> {
  return suite(
    title,
    (bytes) => `${(bytes / 1000).toFixed(1)} KB`,
    1,
    ({ program }) => program && (async () => weight(await bundleSize(program, folder))),
  );
}

async function suite(
  title: string,
  show: (value: number) => string,
  rounds: number,
  taskOf: (subject: Subject) => (() => Promise<number>) | '' | undefined,
): Promise<Suite> {
  const tasks = new Map<string, () => Promise<number>>();
  for (const subject of SUBJECTS) {
    const task = taskOf(subject);
    if (task) tasks.set(subject.name, task);
  }
  const measured = await takeTurns([...tasks.keys()], { rounds, warmUp: 0 }, async (name) => ({
    value: (await tasks.get(name)?.()) ?? Number.NaN,
  }));
  const rows = [...tasks.keys()].map((what) => ({
    what,
    measured: show(measured.median(what, 'value')),
    ratio: measured.ratio(what, OWN, 'value'),
  }));
  return { title, rows };
}

/** A project with this package, as npm installs it, and the other clients. */
async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-bench-'));
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await symlink(join(await installation(), 'node_modules', OWN), join(modules, OWN));
  for (const name of ['@octokit', 'openai', 'openapi-fetch']) {
    await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
  return folder;
}

async function importTime(modules: readonly string[], folder: string): Promise<number> {
  const imports = modules.map((module) => `import('${module}')`).join(', ');
  const script = `const begun = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - begun);`;
  return Number(await output(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder }));
}

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const OPTIONS = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16'];

async function typeCheckTime(call: string, folder: string): Promise<number> {
  await writeFile(join(folder, 'call.ts'), call);
  const begun = performance.now();
  await output(process.execPath, [TSC, ...OPTIONS, '--lib', 'es2022,dom,dom.iterable', 'call.ts'], {
    cwd: folder,
  });
  return performance.now() - begun;
}
