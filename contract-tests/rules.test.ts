import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check } from '../src/contract/index.js';
import expandSame from '../src/contract/rules/expand-same.js';
import type { Expansions } from '../src/contract/scenarios/expand.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { createFake } from '../src/testing/index.js';
import { contract, few, rules } from './kit.js';
import { regressions } from './regressions.js';
import { variations } from './variations.js';

/** Rules that no change of a fake can trip; their proofs stand below. */
const PROVED_HERE = ['mock-examples', 'trace-refused'];

const proved = new Set([
  ...regressions.map(([, rule]) => rule),
  ...variations.flatMap(([, , notes = []]) => notes),
  ...PROVED_HERE,
]);

test('each file of the folder is a rule of its name', async () => {
  const files = await readdir(new URL('../src/contract/rules/', import.meta.url));
  expect(rules.map(({ id }) => id)).toEqual(files.map((file) => file.replace('.ts', '')).sort());
});

describe.each(rules)('$id', ({ id, title, explain, source }) => {
  test('has a proof that it can fire', () => {
    expect(proved).toContain(id);
  });

  test('says what it is about', () => {
    expect(title).toMatch(/[^.]$/);
    expect(title.length).toBeLessThanOrEqual(80);
    expect(explain).toMatch(/\.$/);
    expect(source).not.toBe('');
  });
});

test('proofs are of rules that there are', () => {
  const known = new Set(rules.map(({ id }) => id));
  for (const [, rule, , also = []] of regressions)
    for (const id of [rule, ...also]) expect(known).toContain(id);
});

test('a list of expanded objects has the order of its URLs', () => {
  const urls = ['https://api.example.com/plants/p1', 'https://api.example.com/plants/p2'];
  const objects = [{ id: 'p1' }, { id: 'p2' }];
  const played = (expanded: readonly object[]) => {
    const pairs = [{ key: 'b1', plain: { plants: urls }, expanded: { plants: expanded }, path: '/0' }];
    return expandSame.check({ answers: [{ paths: ['plants'], pairs }] } as unknown as Expansions, contract);
  };
  expect(played(objects)).toEqual([]);
  expect(played([...objects].reverse())).toMatchObject([
    { where: 'body /0/plants/0', expected: 'p1', found: 'p2' },
  ]);
  expect(played(objects.slice(0, 1))).toMatchObject([
    { where: 'body /0/plants/1', expected: 'p2', found: 'no more' },
  ]);
});

test('of a long list, the item with the oddest text is retrieved', async () => {
  const fake = await createFake({
    document: contract.document,
    record: false,
    tamper(response, { call }) {
      if (call?.operation.path.endsWith('/{evse_make_id}') && response.status === 200)
        response.body = JSON.stringify(response.body).replaceAll('&', '&amp;');
    },
  });
  const make = fake.world.store.collection('/evse_makes', [])?.items[7];
  if (make) make.name = 'Smith & Sons';
  const target = { ...inProcess(fake, contract), own: false };
  const comparing = rules.filter(({ id }) => id === 'succeeds' || id === 'list-retrieve');
  const { violations } = await check({ contract, rules: comparing, target, operations: few }).finally(
    target.stop,
  );
  expect(violations).toMatchObject([{ rule: 'list-retrieve', found: '"Smith &amp; Sons"' }]);
});

test('an id that names nothing and is answered counts, though another one is asked for the second time', async () => {
  const fake = await createFake({
    document: contract.document,
    record: false,
    behaviours: {
      find: (find) => (call) => {
        const collection = call.world.store.collection(
          '/evses/{}/status_logs',
          Object.values(call.path).slice(0, 1),
        );
        const [item] = collection?.items ?? [];
        return collection && item ? { item, collection } : find(call);
      },
    },
  });
  const clock = { now: () => 0, wait: async () => {} };
  const target = { ...inProcess(fake, contract), own: false, clock };
  const operations = contract.operations.filter(({ path }) => path.endsWith('/status_logs/{sampled_at}'));
  const asking = rules.filter(({ id }) => id === 'succeeds' || id === 'unknown-id');
  const { violations } = await check({ contract, rules: asking, target, operations }).finally(target.stop);
  expect(violations.map(({ rule, found }) => [rule, found])).toEqual([['unknown-id', '200']]);
});

test('a mock that does not give the examples it is asked for is found out', async () => {
  const fake = inProcess(await createFake({ document: contract.document, record: false }), contract);
  const target = { ...fake, prefer: true, fixed: () => 'fixed examples' };
  const { violations } = await check({ contract, rules, target, operations: few }).finally(fake.stop);
  expect(new Set(violations.map(({ rule }) => rule))).toEqual(new Set(['mock-examples']));
});

test('a server that gives a TRACE back is noted, where it can be asked', async () => {
  const fake = await createFake({ document: contract.document, record: false });
  const server = createServer(async ({ method, url, headers }, answer) => {
    if (method === 'TRACE') {
      answer.writeHead(200, { 'Content-Type': 'message/http' }).end('TRACE /');
      return;
    }
    const { authorization = '' } = headers;
    const { status, body } = await fake.fetch(`${fake.url}${url}`, { headers: { authorization } });
    answer.writeHead(status, { 'Content-Type': 'application/json' });
    Readable.fromWeb(body as ReadableStream).pipe(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const inside = inProcess(fake, contract);
  const { fetch: _, ...listening } = { ...inside, baseUrl: `http://127.0.0.1:${port}`, own: false };
  const traced = rules.filter(({ id }) => id === 'succeeds' || id === 'trace-refused');
  const options = { contract, rules: traced, operations: few };
  const { violations, notes } = await check({ ...options, target: listening });
  expect(violations).toEqual([]);
  expect(notes.map(({ rule, found }) => [rule, found])).toEqual([['trace-refused', '200']]);
  expect((await check({ ...options, target: inside })).notes).toEqual([]);
});
