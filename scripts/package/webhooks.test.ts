import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.js';
import { project, tool } from './project.js';
import { startWorkerd } from './workerd.js';

const KEY = Buffer.from('a key of exactly 24 byte');
const BODY = '{"type":"kettle.boiled","timestamp":"2026-06-30T12:00:00Z","data":{"name":"Käthe"}}';

/** The results for a valid message, and for one with a changed character. */
const OUTCOMES = 'kettle.boiled\nWebhookError wrong-signature';

/** Verifies two messages from its environment, using web standards only. */
const PROGRAM = `import { unwrapWebhook } from 'ev-energy-client/webhooks';

export function outcomes({ HEADERS, BODY, SECRET }) {
  return [BODY, BODY.replace('t', 'T')].map((body) => {
    try {
      return unwrapWebhook(new TextEncoder().encode(body), new Headers(JSON.parse(HEADERS)), SECRET).type;
    } catch (error) {
      return error.name + ' ' + error.reason;
    }
  }).join('\\n');
}
`;
const SCRIPT = "import { outcomes } from './outcomes.mjs';\nconsole.log(outcomes(process.env));\n";
const WORKER = `import { outcomes } from './outcomes.mjs';
export default { fetch: (_, environment) => new Response(outcomes(environment)) };
`;

let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await project({
    'outcomes.mjs': PROGRAM,
    'script.mjs': `import process from 'node:process';\n${SCRIPT}`,
    'worker.js': WORKER,
  });
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', KEY).update(`msg_1.${seconds}.${BODY}`).digest('base64');
  const headers = { 'svix-id': 'msg_1', 'svix-timestamp': seconds, 'svix-signature': `v1,${signature}` };
  environment = { HEADERS: JSON.stringify(headers), BODY, SECRET: `whsec_${KEY.toString('base64')}` };
});

describe('the installed package verifies webhooks', { timeout: 120_000 }, () => {
  it.each([
    ['Node', process.execPath, []],
    ['Bun', () => tool('.bin', 'bun'), ['run']],
    ['Deno', () => tool('.bin', 'deno'), ['run', '--no-prompt', '--allow-env']],
  ] as const)('on %s', async (_, command, args) => {
    const program = typeof command === 'string' ? command : command();
    const result = await run(program, [...args, 'script.mjs'], { cwd: folder, env: environment });
    expect(result).toEqual({ code: 0, stdout: `${OUTCOMES}\n`, stderr: '' });
  });

  it('on workerd, with nothing of Node', async () => {
    const outfile = join(folder, 'bundle.js');
    const entryPoints = [join(folder, 'worker.js')];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
    const worker = await startWorkerd(tool('.bin', 'workerd'), folder, 'bundle.js', environment);
    try {
      expect(await (await fetch(worker.url)).text()).toBe(OUTCOMES);
    } finally {
      await worker.close();
    }
  });
});
