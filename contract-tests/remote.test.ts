import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { check, chooseTarget } from '../src/contract/index.js';
import { loadDocument } from '../src/document/index.js';
import { type FakeOptions, startFake } from '../src/testing/index.js';
import { EVSES } from './fixtures/evses.js';
import { SEED_PAGE } from './fixtures/seed-page.js';
import { contract, LOGS, rules } from './kit.js';
import { run } from './terminal.js';

const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';

/** What no test needs all operations for. */
const FEW = SEED_PAGE.flatMap((id) => ['--operation', id]);

/** A fake that stands in for a far server. */
async function far(options: FakeOptions = {}) {
  const fake = await startFake({ statusLogs: LOGS, ...options });
  onTestFinished(fake.close);
  const token = { EV_ENERGY_ACCESS_TOKEN: fake.token };
  const client = { EV_ENERGY_CLIENT_ID: fake.clientId, EV_ENERGY_CLIENT_SECRET: fake.clientSecret };
  return { fake, token, client, at: ['--target', 'live', '--base-url', fake.url, ...FEW] };
}

test('a far server that is asked with client credentials, and with safe methods only, conforms', async () => {
  const { fake, client, at } = await far();
  const { code, stdout } = await run(at, client);
  expect(stdout).toContain('conforms');
  expect(code).toBe(0);
  const api = fake.requests.filter(({ endpoint }) => endpoint === 'api');
  expect(new Set(api.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
  expect(api.length).toBeLessThanOrEqual(300);
  // Public operations too are called with the token, but for one probe each.
  const anonymous = api.filter(({ headers }) => headers.authorization === undefined);
  expect(anonymous.map(({ path, status }) => [path.replace(/^\/v2|emak\w+/g, ''), status])).toEqual([
    ['/evse_makes', 200],
    ['/evse_makes/', 200],
    [`/evses/${EVSE}/status_logs`, 401],
  ]);
});

test("variables that name the target win over those that don't", async () => {
  const { fake, token, at } = await far();
  const wrong = { EV_ENERGY_ACCESS_TOKEN: 'wrong', EV_ENERGY_LIVE_ACCESS_TOKEN: fake.token };
  expect((await run([...at, '--max-requests', '20', '--allow-incomplete'], wrong)).code).toBe(0);
  const other = { ...token, EV_ENERGY_LIVE_ACCESS_TOKEN: 'wrong' };
  expect(await run(at, other)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('refuses the access'),
  });
});

test('missing, halved and refused credentials never look like a pass', async () => {
  const { client, at } = await far();
  const cases = [
    [{}, /set EV_ENERGY_CLIENT_ID/],
    [{ EV_ENERGY_CLIENT_ID: 'fake-client' }, /EV_ENERGY_CLIENT_SECRET\s+isn't: set both/],
    [
      { ...client, EV_ENERGY_CLIENT_SECRET: 'wrong' },
      /refused the client\s+credentials\s+\(401\s+invalid_client\)/,
    ],
  ] as const;
  for (const [environment, message] of cases) {
    const { code, stderr, stdout } = await run(at, environment);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  }
});

test.each([
  ['EV_ENERGY_ACCESS_TOKEN', 'to\nken', 'a line break'],
  ['EV_ENERGY_LIVE_ACCESS_TOKEN', 'tok\r\nen', 'a line break'],
  ['EV_ENERGY_ACCESS_TOKEN', 'токен', "a character that isn't ASCII"],
  ['EV_ENERGY_ACCESS_TOKEN', '“tok”', "a character that isn't ASCII"],
  ['EV_ENERGY_ACCESS_TOKEN', 'Bearer tok', 'a space'],
  ['EV_ENERGY_ACCESS_TOKEN', 'to\u0007ken', 'a control character'],
  ['EV_ENERGY_EXPIRED_TOKEN', 'tok\nen', 'a line break'],
])('%s that no header can carry is named: %j', async (variable, value, what) => {
  const { fake, token, at } = await far();
  const { code, stderr, stdout } = await run(at, { ...token, [variable]: value });
  const told = stderr.replace(/\s+/g, ' ');
  expect(told).toContain(`${variable} holds ${what}`);
  expect(told).toContain('set it to the bare token');
  expect(told).not.toContain(value);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(fake.requests).toEqual([]);
});

test('a token that no header can carry is blamed on the endpoint that issued it', async () => {
  const { client, at } = await far({
    tamper(response, { endpoint }) {
      if (endpoint === 'token') Object.assign(response.body as object, { access_token: 'issued\ntoken' });
    },
  });
  const { code, stderr } = await run(at, client);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(/token\/? gave an access_token that holds a line break/);
  expect(stderr).not.toContain('issued');
  expect(code).toBe(2);
});

test('a line break at the end of a token does not belong to it', async () => {
  const { fake, at } = await far();
  const { code } = await run([...at, '--max-requests', '3', '--allow-incomplete'], {
    EV_ENERGY_ACCESS_TOKEN: `${fake.token}\n`,
  });
  expect(code).toBe(0);
});

test.each([
  ['nosuch_id=x', /no parameter 'nosuch_id': give .*evse_id.* or user_id\./],
  ['evse_idd=x', /no parameter 'evse_idd': did you mean evse_id\?/],
  ['usr_id=x', /did you mean user_id\?/],
])('an id that the document has no parameter for is refused: %s', async (id, message) => {
  const { fake, token, at } = await far();
  for (const args of [at, ['compare', '--base-url', fake.url, '--base-url', fake.url]]) {
    const { code, stderr, stdout } = await run([...args, '--id', id], token);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  }
  expect(fake.requests).toEqual([]);
});

test('the budget asks the most telling probes first and lists what it left out', async () => {
  const { fake, token, at } = await far();
  const { code, stdout } = await run([...at, '--max-requests', '9'], token);
  expect(fake.requests).toHaveLength(9);
  expect(stdout).toMatch(/not covered[\s\S]*the budget of 9 requests is\s+spent/);
  expect(stdout).toMatch(/incomplete: 9 of \d+ checks' requests/);
  expect(code).toBe(2);
  const asked = new Set(fake.requests.slice(0, 4).map(({ operationId }) => operationId));
  expect(asked.size).toBe(3);
  const strict = await run([...at, '--max-requests', '9', '--require-coverage'], token);
  expect(strict.code).toBe(1);
});

test('the reserve of the hour is left to others', async () => {
  const { fake, token, at } = await far({ rateLimit: 120 });
  const { stdout } = await run([...at, '--reserve', '100'], token);
  expect(stdout).toContain('the reserve');
  const remaining =
    120 - fake.requests.filter(({ headers }) => headers.authorization === `Bearer ${fake.token}`).length;
  expect(remaining).toBeGreaterThanOrEqual(99);
});

test('in an hour whose requests are used up nothing can be checked', async () => {
  const { fake, token, at } = await far({ rateLimit: 1 });
  await fetch(`${fake.url}/evse_makes`, { headers: { authorization: `Bearer ${fake.token}` } });
  expect(await run(at, token)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/used up \(429\): try\s+again in/),
  });
});

test('ids that only the document knows are not held against the server', async () => {
  const { fake, token, at } = await far();
  const { store } = fake.world;
  store.collection('/evses', [])?.remove(EVSE);
  // Without the collection that would tell of others.
  const document = await loadDocument(EVSES);
  delete document.paths['/evses'];
  const folder = await mkdtemp(join(tmpdir(), 'remote-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const spec = ['--spec', join(folder, 'document.json')];
  await writeFile(spec[1] ?? '', JSON.stringify(document));
  const { code, stdout } = await run([...at, ...spec], token);
  expect(stdout.replace(/\s+/g, ' ')).toContain("evse_id isn't known here: give one with --id evse_id");
  expect(stdout).not.toContain('✗');
  expect(code).toBe(0);
  // One request with the token was enough to know.
  const asked = fake.requests.filter(
    ({ path, headers }) => path.includes(EVSE) && headers.authorization === `Bearer ${fake.token}`,
  );
  expect(asked).toHaveLength(1);
  const [other] = store.collection('/evses', [])?.items ?? [];
  const known = await run([...at, ...spec, '--id', `evse_id=${other?.id}`], token);
  expect(known.stdout).not.toContain("isn't known");
  expect(known.code).toBe(0);
});

test('the user of the context can be chosen', async () => {
  const { fake, token, at } = await far();
  const users = fake.world.store.collection('/users', [])?.items ?? [];
  const id = String(users[3]?.id);
  expect((await run([...at, '--id', `user_id=${id}`], token)).code).toBe(0);
  const named = fake.requests
    .map(({ headers }) => headers['evenergy-user'])
    .filter((user) => user?.includes(id));
  expect(named.length).toBeGreaterThan(0);
});

test('an expired token that still works is a violation', async () => {
  const { fake, token, at } = await far();
  const expired = await run(at, {
    ...token,
    EV_ENERGY_EXPIRED_TOKEN: fake.issueToken({ lifetime: 0 }),
  });
  expect(expired.stdout).not.toMatch(/expired-token:/);
  const alive = await run(at, { ...token, EV_ENERGY_EXPIRED_TOKEN: fake.issueToken() });
  expect(alive.stdout).toContain('✗ expired-token');
  expect(alive.code).toBe(1);
});

test('progress is shown, on a terminal in one line', async () => {
  const { token, at } = await far();
  const log = await run(at, token);
  expect(log.stderr).toMatch(/^0\/\d+ steps done$/m);
  const terminal = await run(at, token, true);
  expect(terminal.stderr).toMatch(/\r1\/\d+ {2}succeeds {2}get-evse_makes/);
  expect(terminal.stderr).toMatch(/\r +\r$/);
});

test('colours are shown on terminals, and where they are asked for', async () => {
  const { token, at } = await far();
  const args = [...at, '--max-requests', '5'];
  expect((await run(args, token)).stdout).not.toContain('\u001b[');
  expect((await run(args, token, true)).stdout).toContain('\u001b[');
  expect((await run(args, { ...token, NO_COLOR: '1' }, true)).stdout).not.toContain('\u001b[');
});

test('a server that is gone, or goes away, cannot be checked', async () => {
  const fake = await startFake();
  const token = { EV_ENERGY_ACCESS_TOKEN: fake.token };
  const at = ['--target', 'live', '--base-url', fake.url];
  await fake.close();
  const { code, stderr } = await run(at, token);
  expect(stderr).toMatch(/connection refused\. Is the server\s+running/);
  expect(code).toBe(2);
});

test('the limit is used up on this machine only', async () => {
  const { fake, token, at } = await far({ rateLimit: 20 });
  expect((await run([...at, '--exhaust'], token)).code).toBe(0);
  expect(fake.requests.at(-1)?.status).toBe(429);
  const reserved = await run([...(await far({ rateLimit: 20 })).at, '--exhaust', '--reserve', '1'], token);
  expect(reserved.code).toBe(2);
  const elsewhere = await run(
    ['--target', 'live', '--exhaust', '--base-url', 'https://api.example.com'],
    token,
  );
  expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('--exhaust') });
});

test('no secret is in any output', async () => {
  const { fake, client, at } = await far({
    tamper(response, { request }) {
      // A server that repeats what it was sent.
      if (response.status === 401)
        (response.body as { title: unknown }).title = [request.headers.authorization];
    },
  });
  const { stdout, stderr } = await run([...at, '--verbose'], client);
  expect(stdout).toContain('✗');
  for (const secret of [fake.clientSecret, fake.token]) expect(stdout + stderr).not.toContain(secret);
});

test('a mock that is elsewhere is refused: it would be written to', async () => {
  const { code, stderr } = await run(['--target', 'mock', '--base-url', 'https://api.example.com/v2']);
  expect(stderr).toContain("https://api.example.com/v2 isn't on this machine");
  expect(stderr).toContain('--target staging, live or hosted-mock');
  expect(code).toBe(2);
});

test('an operation that was not asked for keeps no rule', async () => {
  const { fake, client } = await far();
  const writing = contract.operations.filter(({ method }) => !['GET', 'HEAD'].includes(method));
  const target = await chooseTarget({
    name: 'live',
    contract,
    baseUrl: fake.url,
    tokenUrl: undefined,
    environment: client,
    timeout: 5_000,
  });
  const { verdicts } = await check({ contract, rules, target, budget: new Budget(40) });
  expect(writing.length).toBeGreaterThan(0);
  for (const { id } of writing)
    expect(verdicts.filter(({ operation, state }) => operation === id && state === 'kept')).toEqual([]);
});

test('where coverage is required, a run says what is not covered', async () => {
  const { at, token } = await far();
  const report = join(await mkdtemp(join(tmpdir(), 'remote-')), 'report.xml');
  onTestFinished(() => rm(dirname(report), { recursive: true }));
  const args = [...at, '--max-requests', '20', '--report', `junit=${report}`];
  expect((await run(args, token)).code).toBe(2);
  const { code, stdout } = await run([...args, '--require-coverage'], token);
  expect(code).toBe(1);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /✗ \d+ checks not covered, which --require-coverage asks for, of/,
  );
  expect(await readFile(report, 'utf8')).toContain('<failure message="not covered:');
});
