import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fake, startFake } from '../src/testing/index.js';
import { run } from './terminal.js';

const LOGS = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';

let folder: string;
let fake: Fake;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-har-'));
  fake = await startFake({ linkBase: 'https://api.ev.energy/v2' });
});
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

interface Recorded {
  path: string;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  base64?: boolean;
}

/** Writes what a recorder would have seen. */
async function record(name: string, entries: readonly Recorded[]): Promise<string> {
  const pairs = (headers: Record<string, string>) =>
    Object.entries(headers).map(([key, value]) => ({ name: key, value }));
  const har = {
    log: {
      version: '1.2',
      entries: entries.map(({ path, status = 200, headers = {}, body = '', base64 = false }) => ({
        request: {
          method: 'GET',
          url: `https://api.ev.energy/v2${path}`,
          headers: pairs({
            ':method': 'GET',
            Authorization: 'Bearer secret-token-of-somebody',
            'EvEnergy-Version': '2',
          }),
        },
        response: {
          status,
          headers: pairs({ ':status': String(status), ...headers }),
          content: base64
            ? { text: Buffer.from(body).toString('base64'), encoding: 'base64', size: body.length }
            : { text: body, size: body.length },
        },
      })),
    },
  };
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(har));
  return file;
}

/** A real exchange with the fake. */
async function exchange(path: string, base64 = false): Promise<Recorded> {
  const response = await fetch(`${fake.url}${path}`, { headers: { authorization: `Bearer ${fake.token}` } });
  const headers = Object.fromEntries(response.headers);
  return { path, status: response.status, headers, body: await response.text(), base64 };
}

test('recorded traffic that conforms passes, without a request being sent', async () => {
  const paths = [
    '/evse_makes',
    `${LOGS}?page_size=5&expand=evse.model.make`,
    '/evse_makes/nothing',
    '/evse_makes?page_size=0',
  ];
  const entries = await Promise.all(paths.map((path, index) => exchange(path, index % 2 === 0)));
  const before = fake.requests.length;
  const { code, stdout } = await run(['verify', await record('good.har', entries)]);
  expect(stdout).toContain('conforms: 4 requests');
  expect(code).toBe(0);
  expect(fake.requests).toHaveLength(before);
});

test('deviations are found, in any entry, and tokens are not shown', async () => {
  const good = await exchange('/evse_makes');
  const bad = await exchange(LOGS);
  const body = (bad.body ?? '').replace(/"is_charging":(?:true|false)/, '"is_charging":"yes"');
  const json = join(folder, 'report.json');
  const file = await record('bad.har', [good, { ...bad, body }]);
  const { code, stdout } = await run(['verify', file, '--report', `json=${json}`]);
  expect(stdout).toMatch(/✗ body-schema[\s\S]*is_charging[\s\S]*boolean or null/);
  expect(stdout).not.toContain('secret-token');
  expect(code).toBe(1);
});

test('recorded requests to no operation, or without the body of their answer, are listed and not counted', async () => {
  const good = await exchange('/evse_makes');
  const lost = { ...(await exchange(LOGS)), body: '' };
  const file = await record('mixed.har', [good, { path: '/elsewhere' }, lost]);
  const har = JSON.parse(await readFile(file, 'utf8'));
  delete har.log.entries[2].response.content.text;
  har.log.entries[2].response.content.size = 900;
  har.log.entries.push({ request: har.log.entries[0].request, response: { status: 0, headers: [] } }, {});
  await writeFile(file, JSON.stringify(har));
  const { code, stdout } = await run(['verify', file, '--verbose']);
  expect(stdout).toContain('conforms: 1 request,');
  const said = stdout.replace(/\s+/g, ' ');
  expect(said).toContain('4 recorded requests left out, not judged');
  expect(said).toMatch(/no operation of the document has it GET \S*\/elsewhere/);
  expect(said).toMatch(/the recorder kept no body GET \S*\/status_logs/);
  expect(said).toMatch(/no answer came GET \S*\/evse_makes/);
  expect(said).toContain('it has no request with method and URL an entry');
  expect(code).toBe(0);
});

test('nothing verified never looks like a pass', async () => {
  const none = await record('none.har', [{ path: '/elsewhere' }]);
  expect(await run(['verify', none])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing was verified'),
  });
  const odd = join(folder, 'odd.har');
  await writeFile(odd, '{"log":{}}');
  expect(await run(['verify', odd])).toMatchObject({ code: 2, stderr: expect.stringContaining('no HAR') });
});

test('header values of several lines are several fields', async () => {
  const good = await exchange('/evse_makes');
  const headers = { ...good.headers, 'Set-Cookie': 'a=1\nb=2', 'X-Note': 'caf\u00e9 \u2713' };
  const { code, stdout } = await run(['verify', await record('cookies.har', [{ ...good, headers }])]);
  expect(stdout).toContain('conforms: 1 request');
  expect(code).toBe(0);
});
