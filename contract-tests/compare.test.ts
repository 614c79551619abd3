import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import { type FakeOptions, startFake } from '../src/testing/index.js';
import { type Change, contract, header, items, LOGS, to } from './kit.js';
import { run } from './terminal.js';

async function server(change: Change = {}, options: FakeOptions = {}) {
  const fake = await startFake({ statusLogs: LOGS, ...change, ...options } as FakeOptions);
  onTestFinished(fake.close);
  return fake;
}

/** Two servers, each with a token of its own. */
async function compare(a: Change, b: Change, ...more: string[]) {
  const [left, right] = [await server(a), await server(b)];
  const tokens = { EV_ENERGY_STAGING_ACCESS_TOKEN: left.token, EV_ENERGY_LIVE_ACCESS_TOKEN: right.token };
  const targets = ['--target', 'staging', '--target', 'live'];
  const urls = ['--base-url', left.url, '--base-url', right.url];
  return { ...(await run(['compare', ...urls, ...targets, ...more], tokens)), left, right };
}

test('a budget that the first token uses up leaves none for the second', async () => {
  const [left, right] = [await server(), await server()];
  const urls = ['--base-url', left.url, '--base-url', right.url];
  const { code, stderr } = await run(['compare', ...urls, '--max-requests', '1'], {
    EV_ENERGY_CLIENT_ID: left.clientId,
    EV_ENERGY_CLIENT_SECRET: left.clientSecret,
  });
  expect(code).toBe(2);
  expect(stderr.replace(/\s+/g, ' ')).toContain(
    `No token could be requested from ${right.tokenUrl}: the budget of 1 request is spent (--max-requests).`,
  );
  expect([left.requests.length, right.requests.length]).toEqual([1, 0]);
});

test('two servers of one shape are the same, whatever their data', async () => {
  const { code, stdout, left } = await compare({}, {});
  expect(stdout).toMatch(/✓ the same shape in \d+ requests/);
  expect(code).toBe(0);
  expect(left.requests.every(({ method }) => method === 'GET')).toBe(true);
});

test('what two servers answer differently stands side by side', async () => {
  const { code, stdout } = await compare(
    items((make) => {
      delete make.is_beta;
    }, to('/evse_makes')),
    {
      tamper(response, context) {
        header('X-RateLimit-Limit', undefined).tamper?.(response, context);
        items((log) => {
          log.charge_rate_watts = String(log.charge_rate_watts);
        }, to('/status_logs')).tamper?.(response, context);
      },
    },
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/GET \/evse_makes {2}page_size=100[\s\S]*body \/\*\/is_beta\s+missing\s+boolean/);
  expect(stdout).toMatch(/header x-ratelimit-limit\s+there\s+missing/);
  expect(stdout).toMatch(/body \/\*\/charge_rate_watts\s+integer\s+string/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  ['no token', {}],
  ['a bogus token', { EV_ENERGY_ACCESS_TOKEN: 'bogus' }],
])('two refusals are no comparison: %s', async (_, environment) => {
  const changed = items((log) => {
    log.charge_rate_watts = String(log.charge_rate_watts);
  }, to('/status_logs'));
  const [left, right] = [await server(), await server(changed)];
  const args = ['compare', '--base-url', left.url, '--base-url', right.url];
  const { code, stdout, stderr } = await run(args, environment);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /^Both servers refuse the token .*: set EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET[^.]*\. $/,
  );
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('an operation that the token is refused for on both sides is not compared', async () => {
  const lacking: Change = {
    tamper(response, { call, endpoint, request }) {
      if (endpoint !== 'api' || !call?.operation.path.endsWith('/status_logs')) return;
      if (request.headers.authorization !== undefined) response.status = 403;
    },
  };
  const { code, stdout } = await compare(lacking, lacking);
  expect(stdout).toContain('1 operation not compared: the token is refused (403)');
  expect(stdout).toMatch(/✓ the same shape/);
  expect(code).toBe(0);
  const one = await compare(lacking, {});
  expect(one.stdout).toMatch(/status_logs[\s\S]*status\s+403\s+200/);
  expect(one.code).toBe(1);
});

test('an operation whose id is only an example, which neither server knows, is not compared', async () => {
  const unlisted: Change = {
    tamper(response, { call, endpoint }) {
      if (endpoint !== 'api') return;
      if (call?.operation.path === '/evses') response.body = [];
      else if (call?.operation.path.startsWith('/evses/')) response.status = 404;
    },
  };
  const { code, stdout } = await compare(unlisted, unlisted);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /\? \d+ operations not compared: neither server knows the document's example for evse_id: give one with --id evse_id=…/,
  );
  expect(stdout).toMatch(/✓ the same shape/);
  expect(code).toBe(0);
});

test('where two servers answer with another status, that alone is the difference', async () => {
  const { stdout } = await compare(
    { behaviours: { requireToken: () => () => {}, requireScopes: () => () => {} } },
    {},
  );
  expect(stdout).toMatch(/status_logs {2}without a token\n.*\n {2}status\s+200\s+401\n\n/);
});

test('a mock is compared without credentials', async () => {
  const mock = await mockTarget(contract);
  onTestFinished(mock.stop);
  const { code, stdout } = await run(['compare', '--base-url', mock.baseUrl, '--base-url', mock.baseUrl]);
  expect(stdout).toContain('the same shape');
  expect(code).toBe(0);
});

test('a far server is compared with credentials only, and no token goes out in the clear', async () => {
  const far = [
    'compare',
    '--base-url',
    'https://api.example.com',
    '--base-url',
    'https://staging.example.com',
  ];
  expect(await run(far)).toMatchObject({ code: 2, stderr: expect.stringContaining('needs credentials') });
  const clear = [
    'compare',
    '--base-url',
    'http://api.example.com',
    '--base-url',
    'https://staging.example.com',
  ];
  expect(await run(clear, { EV_ENERGY_ACCESS_TOKEN: 'x' })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('https'),
  });
});

test('an API key that the document asks for is sent to both servers, and is enough', async () => {
  const keys: unknown[] = [];
  const bakery = createServer(({ headers }, answer) => {
    keys.push(headers['x-bakery-key']);
    answer.writeHead(200, { 'Content-Type': 'application/json' }).end('[]');
  });
  await new Promise<void>((resolve) => bakery.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void bakery.close());
  const url = `http://127.0.0.1:${(bakery.address() as AddressInfo).port}`;
  const spec = fileURLToPath(new URL('fixtures/documents/bakery.yaml', import.meta.url));
  const args = ['compare', '--base-url', url, '--base-url', url, '--spec', spec, '--operation', 'listLoaves'];
  const { code } = await run(args, { EV_ENERGY_API_KEY: 'key-of-the-bakery' });
  expect(code).toBe(0);
  expect(keys.filter((key) => key === 'key-of-the-bakery').length).toBeGreaterThanOrEqual(2);
});
