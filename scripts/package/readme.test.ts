import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrism } from '../../src/contract/targets/mock/prism.js';
import { vendoredDocument } from '../../src/document/index.js';
import { type Fake, startFake } from '../../src/testing/index.js';
import { ROOT } from '../root.js';
import { run } from '../run.js';
import { codeBlocks } from './code-blocks.js';
import { project, tool } from './project.js';

/** What the programs print, by README in its order. */
const PRINTED: Record<string, readonly RegExp[]> = {
  'README.md': [
    // Quick start
    /^(emak\w{26} .+\n){61}(\d{4}-\d\d-\d\dT\S+Z .+ (\d+|null)\n){10}$/,
    // Authenticate
    /^61\n$/,
    /^100 logs\n$/,
    /^61\n$/,
    // Page
    /^10 true\n.+\n61\n(.+\n){61}30\n$/,
    // Expand
    /^HTTP:\S+\n\S+ .+\n$/,
    // Headers, streams and other requests
    /^\S+ 1000\n61\n$/,
    /^5\n$/,
    // The API has no such path.
    /^undefined\n$/,
    // Proxies, and half the CPU time
    /^undefined\n$/,
    // Errors
    /^no such make\n$/,
    // Retries and quota
    /^9\d\d of 1000 requests left\n$/,
    // Many machines: nobody is there.
    /^$/,
    // Backfill
    /^(\S+Z (\d+|null|undefined)\n){100,}$/,
    // Export a fleet
    /^\d+ requests, [\d.]+ hours\n\d+ logs of 36 EVSEs\n$/,
    /^$/,
    // Validate
    /^$/,
    // Webhooks
    /^any\.event 2026-06-30T12:00:00Z\nrefused: wrong-signature\n$/,
    // Test against the mock and the fake
    /^Wall Charger 2\n$/,
    /# pass 1\n# fail 0/,
    // Contract gate in your CI
    /^([a-z-]+ .+\n)+$/,
  ],
  'src/testing/README.md': [
    // Two faults, then the makes.
    /^61 429 503\n$/,
    // A client of a fake in process
    /^61\n$/,
    /^(.+: 200\n){7}$/,
  ],
};

/** Tries what a program only defines. */
const TRIALS: readonly (readonly [defines: string, trial: string])[] = [
  [
    'export async function finish(',
    `
const begun = await begin();
const consent = await fetch(begun.url, { redirect: 'manual' });
const user = await finish(consent.headers.get('location') ?? '', begun);
console.log((await user.evses.statusLogs.list('evse01HSH04KDEWF6Z4DB2J77J74K5')).data.length, 'logs');
`,
  ],
  [
    'fake.faults.next(rateLimited(1)).next(unavailable());',
    `
const makes = await ev.evseMakes.list().toArray();
const statuses = fake.requests.map(({ status }) => status).filter((status) => status !== 200);
console.log(makes.length, ...statuses);
`,
  ],
  [
    'export async function receive(',
    `
const { createFake } = await import('ev-energy-client/testing');
const { webhooks } = await createFake();
process.env.EV_ENERGY_WEBHOOK_SECRET = webhooks.secret;
const event = { type: 'any.event', timestamp: '2026-06-30T12:00:00Z', data: {} };
const first = await webhooks.send(event, receive);
await webhooks.resend(first, receive);
await webhooks.resend(first, receive, { secret: 'whsec_' + btoa('the secret of another'), attempts: 1 });
`,
  ],
  [
    'const regressions:',
    `
const { startFake } = await import('ev-energy-client/testing');
for (const [name, options] of Object.entries(regressions)) {
  const fake = await startFake(options);
  const { status } = await fetch(fake.url + '/evse_makes');
  console.log(name + ':', status);
  await fake.close();
}
`,
  ],
];

/** Programs of sections that speak of `ev` without making it: it is the quick start's. */
const PRELUDE = `import { EvEnergy } from 'ev-energy-client';
const ev = new EvEnergy();
`;

const programs: { name: string; section: string; code: string; printed: RegExp | undefined }[] = [];
for (const [readme, printed] of Object.entries(PRINTED)) {
  const blocks = codeBlocks(await readFile(join(ROOT, readme), 'utf8'));
  const typescript = blocks.filter(({ language }) => language === 'ts');
  typescript.forEach(({ section, code }, index) => {
    const speaksOfEv = /\bev[.,)]/.test(code) && !code.includes('const ev = ');
    programs.push({
      name: `program${programs.length}`,
      section: `${readme}, ${section}`,
      code: speaksOfEv ? PRELUDE + code : code,
      printed: printed[index],
    });
  });
}

/** Leads what is meant for the mock's usual port, which may be taken, to the one that it listens on. */
const rerouted = (url: string) => `
const { fetch } = globalThis;
globalThis.fetch = (target, init) => fetch(String(target).replace(/^http:\\/\\/127\\.0\\.0\\.1:4010(?!\\d)/, '${url}'), init);
`;

let fake: Fake;
let prism: Awaited<ReturnType<typeof startPrism>>;
let folder: string;

beforeAll(async () => {
  fake = await startFake();
  prism = await startPrism(vendoredDocument(), 0);
  const files = programs.map(({ name, code }) => [`${name}.ts`, code] as const);
  const texts = { ...Object.fromEntries(files), 'rerouted.mjs': rerouted(prism.url) };
  folder = await project(texts, ['undici', 'ioredis', 'bullmq']);
});
afterAll(async () => {
  await fake.close();
  await prism.stop();
});

describe('the programs of the READMEs', { timeout: 120_000 }, () => {
  it('compile', async () => {
    const config = {
      compilerOptions: {
        module: 'node16',
        target: 'ES2022',
        lib: ['ES2022', 'ESNext.Disposable'],
        types: ['node'],
        typeRoots: [tool('@types', '')],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        moduleDetection: 'force',
      },
      include: ['*.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    // The fastest of them; the consumers of typescript.test.ts are compiled with each.
    const tsc = tool('typescript-7', 'bin/tsc');
    expect(await run(process.execPath, [tsc], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(programs)('print what is expected of $name, $section', async ({ name, code, printed }) => {
    const file = join(folder, `${name}.mjs`);
    const trials = TRIALS.filter(([defines]) => code.includes(defines)).map(([, trial]) => trial);
    const { code: script } = await transform(code + trials.join(''), { loader: 'ts', target: 'node20' });
    await writeFile(file, script);
    const env = {
      EV_ENERGY_BASE_URL: fake.url,
      EV_ENERGY_CLIENT_ID: fake.clientId,
      EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
    };
    const {
      code: exit,
      stdout,
      stderr,
    } = await run(process.execPath, ['--import', './rerouted.mjs', file], { cwd: folder, env });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(printed ?? 'an expectation for each program');
  });

  it('have an expectation each, and a trial where they only define something', () => {
    const expected = Object.values(PRINTED).flat();
    expect(programs.map(({ printed }) => printed)).toEqual(expected);
    const tried = TRIALS.map(([defines]) => programs.filter(({ code }) => code.includes(defines)).length);
    expect(tried).toEqual(TRIALS.map(() => 1));
  });
});
