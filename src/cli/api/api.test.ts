import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evEnergy } from '../../../scripts/test/cli/ev-energy.js';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';
import { serve } from '../../../scripts/test/http-server.js';

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

test('A list is a table on a terminal that fits it, and JSON in a pipe', async () => {
  const fake = await fakeApi();
  const args = ['evses', 'list', '--limit', '3'];
  const shown = await evEnergy(fake, args, { isTTY: true, columns: 60 });
  expect(shown.stdout.split('\n')[0]).toMatch(/^ID +CPID/);
  expect(shown.stdout.split('\n')).toHaveLength(5);
  expect(widest(shown.stdout)).toBeLessThanOrEqual(60);
  const wide = await evEnergy(fake, args, { isTTY: true, columns: 200 });
  // Each one's own URL would show as its id again.
  expect(wide.stdout.split('\n')[0]).toMatch(/^ID +CPID +MODEL /);
  expect(shown.stderr).toMatch(/^\d+ fields don't fit here; --output json shows them\.\n$/);
  const piped = await evEnergy(fake, args);
  expect(piped).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(piped.stdout)).toMatchObject([{ id: EVSE }, {}, {}]);
  expect(apiRequests(fake)).toHaveLength(3);
  expect(apiRequests(fake)[0]?.query.get('page_size')).toBe('3');
});

test('A list is walked to its end, in each format', async () => {
  const fake = await fakeApi({ evses: 250 });
  const all = async (format: string) => (await evEnergy(fake, ['evses', 'list', '-o', format])).stdout;
  expect(JSON.parse(await all('json'))).toHaveLength(250);
  const lines = (await all('ndjson')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toHaveLength(250);
  const csv = (await all('csv')).trimEnd().split('\r\n');
  expect(csv).toHaveLength(251);
  expect(csv[0]).toMatch(/^id,url,cpid,/);
  expect((await all('table')).trimEnd().split('\n')).toHaveLength(251);
});

test('A field may have the name of what every object has', async () => {
  const fake = await fakeApi({ evses: 2 });
  const [first] = fake.world.store.collection('/evses', [])?.items ?? [];
  Object.assign(first ?? {}, { constructor: 'its own' });
  for (const format of ['csv', 'table']) {
    const { stdout } = await evEnergy(fake, ['evses', 'list', '-o', format]);
    expect(stdout).not.toContain('native code');
  }
});

test('An empty list is an empty array in JSON, and says so on a terminal', async () => {
  const server = await serve(() => ({ body: [] }));
  const environment = { EV_ENERGY_BASE_URL: server.url };
  const args = ['evse-makes', 'list'];
  expect((await evEnergy(undefined, args, { environment })).stdout).toBe('[]\n');
  const shown = await evEnergy(undefined, args, { environment, isTTY: true });
  expect(shown).toEqual({ code: 0, stdout: '', stderr: 'There are none.\n' });
});

test('One object is its fields on a terminal, a line for each', async () => {
  const fake = await fakeApi();
  const { stdout } = await evEnergy(fake, ['evses', 'retrieve', EVSE], { isTTY: true });
  expect(stdout).toMatch(/^id +evse01HSH04KDEWF6Z4DB2J77J74K5\n/);
  expect(widest(stdout)).toBeLessThanOrEqual(80);
});

test('Parameters, expansions, a user and a stretch of time are options', async () => {
  const fake = await fakeApi();
  const { code, stdout } = await evEnergy(fake, [
    ...['evses', 'status-logs', 'list', EVSE, '--since', '2026-06-30', '--until', '2026-06-30T12:00:00Z'],
    ...['--expand', 'evse,evse.model', '--page-size', '50', '--as-user', 'user01HN2NJ9NMRZBXT1H6FT9N7735'],
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)[0]).toMatchObject({ evse: { id: EVSE, model: { id: expect.any(String) } } });
  const [{ query, headers } = { query: new URLSearchParams(), headers: new Headers() }] = apiRequests(fake);
  expect(Object.fromEntries(query)).toMatchObject({
    sampled_at__gte: '2026-06-30T00:00:00Z',
    sampled_at__lte: '2026-06-30T12:00:00Z',
    page_size: '50',
  });
  expect(query.getAll('expand')).toEqual(['evse', 'evse.model']);
  expect(new Headers(headers as HeadersInit).get('evenergy-user')).toBe('user01HN2NJ9NMRZBXT1H6FT9N7735');
});

test('--since 1d is a day before now', async () => {
  const fake = await fakeApi();
  const { stdout } = await evEnergy(fake, [
    'evses',
    'status-logs',
    'list',
    EVSE,
    '--since',
    '1d',
    '--dry-run',
  ]);
  const [, since = ''] = /sampled_at__gte=([^&']+)/.exec(stdout) ?? [];
  expect(Date.now() - Date.parse(decodeURIComponent(since))).toBeGreaterThanOrEqual(86_400_000);
  expect(Date.now() - Date.parse(decodeURIComponent(since))).toBeLessThan(86_460_000);
});

test('--dry-run prints the curl without a secret, and sends nothing', async () => {
  const fake = await fakeApi();
  const { code, stdout } = await evEnergy(fake, [
    'users',
    'create',
    '--email',
    "o'neil@example.com",
    '--dry-run',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain(`-X POST ${fake.url}/users `);
  expect(stdout).toContain('-H "Authorization: Bearer $EV_ENERGY_ACCESS_TOKEN"');
  expect(stdout).toContain(`--data-raw '{"email":"o'\\''neil@example.com"}'`);
  expect(stdout).not.toContain(fake.clientSecret);
  expect(fake.requests).toEqual([]);
});

test('A write asks first on a terminal, and is sent after a yes alone', async () => {
  const fake = await fakeApi();
  const args = ['evses', 'update', EVSE, '--location', '{"latitude":1,"longitude":2}'];
  const no = await evEnergy(fake, args, { isTTY: true, stdin: '\n' });
  expect(no).toMatchObject({ code: 1, stdout: '' });
  expect(no.stderr).toBe(
    `PATCH ${fake.url}/evses/${EVSE}\n{\n  "location": {\n    "latitude": 1,\n    "longitude": 2\n  }\n}\nSend it? [y/N] Nothing was sent.\n`,
  );
  expect(fake.requests).toEqual([]);
  const yes = await evEnergy(fake, args, { isTTY: true, stdin: 'y\n' });
  expect(yes.code).toBe(0);
  expect(apiRequests(fake).map(({ method }) => method)).toEqual(['PATCH']);
});

test('A write without a terminal ends with 2, unless --yes is given', async () => {
  const fake = await fakeApi();
  const args = ['evses', 'delete', EVSE];
  const refused = await evEnergy(fake, args, { stdin: 'y\n' });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/changes\s+something, and there is nobody to ask\. Add --yes\.\n$/);
  expect(fake.requests).toEqual([]);
  expect(await evEnergy(fake, [...args, '--yes'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('A body comes from a file, from standard input or as JSON; its members are options too', async () => {
  const fake = await fakeApi();
  const file = join(await scratch(), 'user.json');
  await writeFile(file, '\ufeff{"email":"file@example.com"}');
  const sent = async (...args: string[]) => {
    const { stdout } = await evEnergy(fake, ['users', 'create', '--dry-run', ...args], {
      stdin: '{"email":"pipe@example.com"}',
    });
    return JSON.parse(/--data-raw '(.*)'/.exec(stdout)?.[1] ?? 'null');
  };
  expect(await sent('--body', `@${file}`)).toEqual({ email: 'file@example.com' });
  for (const input of ['-', '@-']) expect(await sent('--body', input)).toEqual({ email: 'pipe@example.com' });
  expect(
    await sent('--body', '{"a":1}', '--email', 'b@example.com', '--default-location', '{"city":"Ulm"}'),
  ).toEqual({ a: 1, email: 'b@example.com', default_location: { city: 'Ulm' } });
});

test('What a server writes does nothing in a terminal, and stays what it is for a program', async () => {
  const name = 'a\u001b]0;owned\u0007\u202eb\u009b2J';
  const server = await serve(() => ({ body: [{ id: 'x', name }] }));
  const environment = { EV_ENERGY_BASE_URL: server.url };
  for (const format of ['table', 'json', 'ndjson', 'csv']) {
    const args = ['evse-makes', 'list', '-o', format];
    const { stdout } = await evEnergy(undefined, args, { environment, isTTY: true });
    for (const character of '\u001b\u0007\u202e\u009b') expect(stdout).not.toContain(character);
    expect(stdout).toContain('owned');
  }
  const piped = await evEnergy(undefined, ['evse-makes', 'list'], { environment });
  expect(JSON.parse(piped.stdout)).toEqual([{ id: 'x', name }]);
});

test('A long walk into a file shows on the terminal how far it is, and takes the line back', async () => {
  const item = (id: number) => ({ id: `item${id}` });
  const server = await serve(({ query }) => {
    const page = Number(query.get('page_after') ?? 0) + 1;
    const link = `<${server.url}/evse_makes?page_after=${page}>; rel="next"`;
    return { body: [item(page)], delay: 300, ...(page < 4 ? { headers: { link } } : {}) };
  });
  let stderr = '';
  let stdout = '';
  const { main } = await import('../main.js');
  const code = await main(['evse-makes', 'list', '-o', 'ndjson'], {
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      isTTY: true,
      write: (text) => {
        stderr += text;
      },
    },
    environment: { EV_ENERGY_BASE_URL: server.url, EV_ENERGY_CONFIG: '/nonexistent' },
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(4);
  expect(stderr).toMatch(/^(\r\d items so far)+\r {16}\r$/);
});

test.each([
  [['evses', 'lst'], /Did you mean list\?/],
  [['evsse', 'list'], /Did you mean evses\?/],
  [['evses', 'list', '--limt', '3'], /Did you mean --limit\?/],
  [['evses', 'list', '--limit', 'few'], /It has to be a whole number/],
  [['evses', 'list', '--expand', 'modl'], /Did you mean model\?/],
  [['evses', 'list', '--output', 'xml'], /Allowed choices are/],
  [['evses', 'status-logs', 'list', EVSE, '--since', 'later'], /7d for seven days ago/],
  // A time that `Date` reads, and the API doesn't.
  [['evses', 'status-logs', 'list', EVSE, '--since', '7'], /7d for seven days ago/],
  [['evses', 'retrieve'], /missing required argument 'evse_id'/],
  [['users', 'create', '--default-location', '{'], /It has to be JSON/],
  [['users', 'create', '--body', '@/nonexistent.json'], /can't be read \(ENOENT\)/],
  [['users', 'create', '--body', '{"a":}'], /is not JSON/],
  [['users', 'create', '--body', '[]', '--email', 'a'], /is not a JSON object/],
  [
    ['users', 'create', '--body', '{"emial":"a"}'],
    /^emial: is not a member of the body; did you mean email\?/,
  ],
  [['users', 'create', '--default-location', '{"postalCode":"1"}'], /did you mean postal_code\?/],
  [['vehicles', 'create', '--yes'], /A body is missing: give --body @file\.json/],
  [['evses', 'retrieve', ''], /'' is not an id/],
  [['evses', 'list', '--as-user', 'a\nb'], /not what a header can hold/],
  [['evses', 'list', '--limit', '-3'], /It has to be a whole number, 0 or more/],
  [['fake', '--spec', '/nonexistent.yaml'], /nonexistent\.yaml/],
  [['export', 'users', '--out', '/nonexistent', '--since', '1d'], /'users' is not a collection/],
  [['completion', 'tcsh'], /Allowed choices are bash/],
])('%j ends with 2, within 80 columns and without a request', async (args, message) => {
  const server = await serve(() => ({ body: [] }));
  const environment = { EV_ENERGY_BASE_URL: server.url, EV_ENERGY_ACCESS_TOKEN: 'a' };
  const { code, stdout, stderr } = await evEnergy(undefined, args, { environment });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
  expect(stderr).not.toContain('    at ');
  expect(widest(stderr)).toBeLessThanOrEqual(80);
  expect(server.requests).toEqual([]);
});

test.each([[['evses', 'list']], [['export', 'evses.status-logs', '--since', '7d', '--out', '/nonexistent']]])(
  'Whoever has no token is told how to get one: %j',
  async (args) => {
    const server = await serve(() => ({ body: [] }));
    const environment = { EV_ENERGY_BASE_URL: server.url };
    const { code, stderr } = await evEnergy(undefined, args, { environment });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^This needs a token\. Run ev-energy login/)]);
    expect(server.requests).toEqual([]);
  },
);

test('An error names the command that was typed', async () => {
  const fake = await fakeApi();
  const missing = await evEnergy(fake, ['evses', 'retrieve', 'evse00000000000000000000000000']);
  expect(missing.stderr).toMatch(/^ev-energy evses retrieve failed with 404/);
  const environment = { EV_ENERGY_BASE_URL: 'http://127.0.0.1:1' };
  const away = await evEnergy(undefined, ['evse-makes', 'list'], { environment });
  expect(away.stderr).toMatch(/^ev-energy evse-makes list got no complete answer from http/);
});

test('--timeout bounds a request', async () => {
  const server = await serve(() => ({ body: {}, delay: 5_000 }));
  const environment = { EV_ENERGY_BASE_URL: server.url, EV_ENERGY_ACCESS_TOKEN: 'a' };
  const args = ['users', 'create', '--email', 'someone@example.com', '--yes', '--timeout', '1s'];
  const { code, stderr } = await evEnergy(undefined, args, { environment });
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('took longer than 1000 ms; --timeout allows more'),
  ]);
});

test('A file is uploaded in one command: announced, sent and confirmed', async () => {
  const fake = await fakeApi();
  const file = join(await scratch(), 'bill.txt');
  await writeFile(file, 'thirty pounds');
  const args = ['rebate-evidence-files', 'upload', file];
  const { code, stdout, stderr } = await evEnergy(fake, [...args, '--yes']);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id: expect.any(String) });
  const steps = fake.requests.filter(({ endpoint }) => endpoint !== 'token');
  expect(steps.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 201',
    'PUT 200',
    'POST 200',
  ]);
  expect(JSON.parse(steps[0]?.body ?? '')).toEqual({ file_name: 'bill.txt' });
  expect(steps[1]?.body).toBe('thirty pounds');
  const missing = await evEnergy(fake, ['rebate-evidence-files', 'upload', '/nonexistent', '--yes']);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("can't be read (ENOENT)") });
});

test('A command ends with 75 when the requests of the hour are spent', async () => {
  const fake = await fakeApi({ rateLimit: 1 });
  await evEnergy(fake, ['evses', 'list', '--limit', '1']);
  const { code, stderr } = await evEnergy(fake, ['evses', 'list', '--limit', '1']);
  expect([code, stderr]).toEqual([75, expect.stringContaining('429')]);
});

test.each([
  [400, /failed with 400: baseUrl and clientId are wrong\. Correct/],
  [
    401,
    /Run ev-energy login, or set EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or an EV_ENERGY_ACCESS_TOKEN that/,
  ],
  [302, /aren't followed, .*; check EV_ENERGY_BASE_URL$/],
  [429, /\. Wait 3000 s$/],
])(
  'What to do about a %i is what a command can do, and what the server said stays',
  async (status, message) => {
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '3000' };
    const body = { type: 'about:blank', title: 'baseUrl and clientId are wrong', status };
    const server = await serve(() => ({ status, headers, body }));
    const environment = { EV_ENERGY_BASE_URL: server.url, EV_ENERGY_ACCESS_TOKEN: 'a' };
    const { stderr } = await evEnergy(undefined, ['evses', 'retrieve', EVSE], { environment });
    expect(stderr.replace(/\s+/g, ' ').trim()).toMatch(message);
  },
);

test('A secret or a token of the environment is named by its variable', async () => {
  const fake = await fakeApi();
  const wrong = await evEnergy(fake, ['evses', 'list'], {
    environment: { EV_ENERGY_CLIENT_SECRET: 'another' },
  });
  expect(wrong.stderr.replace(/\s+/g, ' ')).toMatch(
    /; check EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET $/,
  );
  const broken = await evEnergy(fake, ['evses', 'list'], { environment: { EV_ENERGY_ACCESS_TOKEN: 'a\nb' } });
  expect(broken).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^EV_ENERGY_ACCESS_TOKEN: must be text/),
  });
});
