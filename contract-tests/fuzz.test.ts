import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadFastCheck } from '../src/contract/fuzz/load.js';
import { Budget, type CheckOptions, check, type FuzzCase, type FuzzOptions } from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { isObject, PAGE_AFTER, PAGE_SIZE, parseOpenApi } from '../src/document/index.js';
import { createFake, Problem, startFake } from '../src/testing/index.js';
import { SEED_PAGE } from './fixtures/seed-page.js';
import { garden } from './garden.js';
import { answers, asking, type Change, checkChanged, contract, few, overlooking, rules } from './kit.js';
import { run } from './terminal.js';

/** What looks at each answer: of the other rules none has to send anything here. */
const answering = rules.filter(({ id, on }) => on === 'answer' || id === 'succeeds');

/** A size that no other request asks for. */
function isMiddling(size: string | null): boolean {
  return Number(size) > 40 && Number(size) < 100;
}

/** A collection with pages, and one with ranges and expansions. */
const makes = few.find(({ paging, ranges }) => paging && ranges.length === 0);
const logs = few.find(({ ranges }) => ranges.length > 0);

function fuzzed(
  change: Change,
  fuzz: FuzzOptions = { requests: 60, seed: 7 },
  more: Partial<CheckOptions> = {},
) {
  const part = change.document || !makes ? {} : { contract, operations: [makes] };
  return checkChanged(change, { rules: answering, fuzz, ...part, ...more });
}

test('a server that conforms is not faulted, whatever is generated', async () => {
  const { violations, fuzzed: what } = await fuzzed({}, { requests: 60, seed: 1 }, { operations: few });
  expect(violations).toEqual([]);
  expect(what).toMatchObject({ seed: 1, failures: [] });
  expect(what?.sent).toBeGreaterThan(50);
  const other = await fuzzed(garden({}), { requests: 40, seed: 7 });
  expect(other.violations).toEqual([]);
  expect(other.fuzzed?.sent).toBeGreaterThan(30);
});

/** An error of the server at such a size. */
const failing = answers((response, { request }) => {
  if (isMiddling(request.url.searchParams.get(PAGE_SIZE)) && response.status === 200)
    Object.assign(response, new Problem(500, 'Error', 'Sorry.').response('', ''));
});

test('an error of the server is found, and made as small as it goes', async () => {
  const { violations, fuzzed: what } = await fuzzed(failing);
  expect(violations[0]).toMatchObject({ rule: 'status-declared', found: '500' });
  expect(violations[0]?.exchange?.name).toMatch(/page_size=41.*\(seed 7\)/);
  expect(what?.failures[0]).toMatchObject({ kind: 'valid', query: [[PAGE_SIZE, '41']] });
});

test('a failure that was kept is not said to come from the seed', async () => {
  const query: [string, string][] = [[PAGE_SIZE, '41']];
  const replay: FuzzCase[] = [{ operation: makes?.id ?? '', kind: 'valid', query, headers: {} }];
  const { violations } = await fuzzed(failing, { requests: 1, seed: 7, replay });
  expect(violations[0]?.exchange?.name).toBe('generated: page_size=41 (kept from an earlier run)');
});

test('a refusal of what is valid is found', async () => {
  const { violations } = await fuzzed(overlooking(PAGE_SIZE, isMiddling, '0'));
  expect(violations[0]).toMatchObject({
    rule: 'parameters-accepted',
    expected: expect.stringContaining('2XX'),
    found: '400',
  });
});

test('a refusal of a body that its schema accepts is a note: it may be a rule of the business', async () => {
  const { violations, notes } = await fuzzed(
    garden(asking(({ method, headers }) => method === 'PATCH' && headers['content-type'] !== undefined, 400)),
    { requests: 60, seed: 7 },
  );
  expect(violations.filter(({ exchange }) => exchange?.name.startsWith('generated'))).toEqual([]);
  expect(notes).toContainEqual(
    expect.objectContaining({
      rule: 'parameters-accepted',
      operation: 'patch-plants-plant_id',
      found: '400',
    }),
  );
});

/** Bodies have to refer to an author, and one parameter needs another. */
const library = parseOpenApi(`
openapi: 3.1.0
info: { title: Library, version: '1' }
servers: [{ url: https://library.example.com/api }]
security: []
paths:
  /books:
    get:
      operationId: list-books
      parameters:
        - { name: shelf, in: query, x-requires-one-of: [room], schema: { type: string } }
        - { name: room, in: query, schema: { type: string } }
      responses:
        '200': { description: B, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } } }
        '400': { $ref: '#/components/responses/Problem' }
    post:
      operationId: add-book
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [author], properties: { author: { type: string } } }, example: { author: 'https://library.example.com/api/authors/1' } } }
      responses:
        '201': { description: B, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '400': { $ref: '#/components/responses/Problem' }
  /books/{book_id}:
    get:
      operationId: get-book
      parameters: [{ name: book_id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: B, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }, '404': { $ref: '#/components/responses/Problem' } }
  /authors/{author_id}:
    get:
      operationId: get-author
      parameters: [{ name: author_id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: A, content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } } }, '404': { $ref: '#/components/responses/Problem' } }
components:
  responses:
    Problem: { description: P, content: { application/problem+json: { schema: { type: object, properties: { status: { type: integer }, field_errors: { type: object } } } } } }
  schemas:
    Author: { type: object, required: [id, url], properties: { id: { type: string }, url: { type: string, format: uri } } }
    Book:
      type: object
      required: [id, url, author]
      properties:
        id: { type: string, readOnly: true }
        url: { type: string, format: uri, readOnly: true }
        author: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Author' }] }
`);

test('bodies refer to what the server has shown; that it refuses a made-up address says nothing against it', async () => {
  const answered: { author: unknown; status: number }[] = [];
  const { violations, notes } = await fuzzed(
    {
      document: library,
      tamper({ status }, { call }) {
        if (call?.operation.method === 'POST' && isObject(call.body))
          answered.push({ author: call.body.author, status });
      },
    },
    { requests: 80, seed: 7 },
  );
  expect(violations).toEqual([]);
  expect(notes.filter(({ rule }) => rule === 'parameters-accepted')).toEqual([]);
  expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([201, 400]));
  const taken = new Set(answered.filter(({ status }) => status === 201).map(({ author }) => author));
  expect(taken.size).toBeGreaterThan(2);
});

test('a refusal of a body that refers only to what the server has shown is a note', async () => {
  const isAdded = ({ method }: { method: string }) => method === 'POST';
  const change = { document: library, ...asking(isAdded, 400) };
  const { notes } = await fuzzed(change, { requests: 60, seed: 7 });
  expect(notes).toContainEqual(
    expect.objectContaining({ rule: 'parameters-accepted', operation: 'add-book', found: '400' }),
  );
});

test('a server that accepts what is clearly invalid is found', async () => {
  const { violations, fuzzed: what } = await fuzzed(overlooking(PAGE_SIZE, (value) => !/^\d*$/.test(value)));
  expect(violations[0]).toMatchObject({ rule: 'malformed-parameter', found: '200' });
  expect(what?.failures[0]).toMatchObject({ kind: 'invalid', breaks: PAGE_SIZE });
  const bodies = await fuzzed(
    garden({
      behaviours: {
        readBody: (read) => (call) => {
          try {
            return read(call);
          } catch {
            return { name: 'Rose', colour: 'red' };
          }
        },
      },
    }),
  );
  expect(new Set(bodies.violations.map(({ rule }) => rule))).toEqual(new Set(['body-bounds']));
});

test('text that a cursor cannot hold is refused, and nothing breaks at it', async () => {
  const { violations, fuzzed: what } = await fuzzed(
    answers((response, { request }) => {
      if (/['"]/.test(request.url.searchParams.get(PAGE_AFTER) ?? ''))
        Object.assign(response, new Problem(500, 'Error', 'Sorry.').response('', ''));
    }),
  );
  expect(violations[0]).toMatchObject({ rule: 'status-declared', found: '500' });
  expect(what?.failures[0]).toMatchObject({
    kind: 'undescribed',
    query: [[PAGE_AFTER, expect.stringMatching(/^a?['"]a?$/)]],
  });
});

test('a failure does not hide another one of the same operation', async () => {
  const { fuzzed: what } = await fuzzed(
    answers((response, { request }) => {
      const { searchParams } = request.url;
      if (isMiddling(searchParams.get(PAGE_SIZE)) || searchParams.has('expand'))
        Object.assign(response, new Problem(500, 'Error', 'Sorry.').response('', ''));
    }),
    { requests: 250, seed: 7 },
    { operations: logs ? [logs] : [] },
  );
  const parts = what?.failures.map(({ query }) => query.map(([name]) => name).join());
  expect(parts).toEqual(expect.arrayContaining([PAGE_SIZE, 'expand']));
});

test('a request that makes the server end the connection is found', async () => {
  const fake = await createFake({ document: contract.document });
  onTestFinished(fake.close);
  const target = inProcess(fake, contract);
  const fetch: typeof target.fetch = async (url, init) => {
    if (isMiddling(new URL(String(url)).searchParams.get(PAGE_SIZE)))
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    return (target.fetch ?? globalThis.fetch)(url, init);
  };
  const { violations } = await check({
    contract,
    rules: answering,
    operations: makes ? [makes] : [],
    target: { ...target, fetch },
    fuzz: { requests: 60, seed: 7 },
  });
  expect(violations[0]).toMatchObject({
    rule: 'answers',
    found: expect.stringMatching(/^connection reset, to GET .*page_size=41/),
  });
});

test('a failure that does not come again counts for nothing', async () => {
  let failed = false;
  const { violations } = await fuzzed(
    answers((response, { request }) => {
      if (failed || !isMiddling(request.url.searchParams.get(PAGE_SIZE))) return;
      failed = true;
      Object.assign(response, new Problem(500, 'Error', 'Sorry.').response('', ''));
    }),
  );
  expect(failed).toBe(true);
  expect(violations).toEqual([]);
});

test("the same seed sends the same requests, of safe methods only to a server that is not one's own", async () => {
  const sent = async (own: boolean) => {
    const fake = await createFake({ document: contract.document });
    onTestFinished(fake.close);
    const target = { ...inProcess(fake, contract), own };
    const operations = contract.operations
      .filter((one) => one === makes || one.method === 'PATCH')
      .slice(0, 3);
    await check({ contract, rules: answering, target, operations, fuzz: { requests: 40, seed: 3 } });
    return fake.requests.map(({ method, path }) => `${method} ${path}`);
  };
  const far = await sent(false);
  expect(await sent(false)).toEqual(far);
  expect(new Set(far.map((one) => one.split(' ')[0]))).toEqual(new Set(['GET']));
  expect(new Set((await sent(true)).map((one) => one.split(' ')[0]))).toContain('PATCH');
});

test('fuzzing for a number of seconds ends after them', async () => {
  const { fuzzed: what, seconds } = await fuzzed({}, { seconds: 0.3, seed: 2 });
  expect(what?.sent).toBeGreaterThan(3);
  expect(seconds).toBeLessThan(5);
});

test('fuzzing for a number of seconds ends where the hour or the budget is used up before, and is complete then', async () => {
  const end = { seconds: 60, seed: 2 };
  const ofHour = await fuzzed({ rateLimit: 60 }, end);
  const ofBudget = await fuzzed({}, end, { budget: new Budget(60) });
  for (const { fuzzed: what, incomplete, violations } of [ofHour, ofBudget]) {
    expect(what?.sent).toBeGreaterThan(30);
    expect(incomplete).toBeUndefined();
    expect(violations).toEqual([]);
  }
});

test('failures are kept in a file, which a later run sends first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-fuzz-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'failures.json');
  let broken = true;
  const fake = await startFake({
    document: contract.document,
    tamper(response, { request }) {
      if (broken && isMiddling(request.url.searchParams.get(PAGE_SIZE))) response.status = 500;
    },
  });
  onTestFinished(fake.close);
  const token = { EV_ENERGY_ACCESS_TOKEN: fake.token };
  const [id = ''] = few.filter(({ paging }) => paging).map((operation) => operation.id);
  const args = [
    '--base-url',
    fake.url,
    '--operation',
    id,
    '--fuzz',
    '60',
    '--seed',
    '5',
    '--fuzz-file',
    file,
  ];
  const found = await run(args, token);
  expect(found.stdout).toContain('with generated values: the same again with --seed 5');
  expect(found.code).toBe(1);
  expect(JSON.parse(await readFile(file, 'utf8'))[0]).toMatchObject({
    operation: id,
    query: [[PAGE_SIZE, '41']],
  });
  broken = false;
  const before = fake.requests.length;
  expect((await run(args, token)).code).toBe(0);
  expect(fake.requests.slice(before).map(({ path }) => path)).toContainEqual(
    expect.stringContaining('page_size=41'),
  );
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([]);
});

test('fuzzing stays within the budget', async () => {
  const fake = await startFake({ document: contract.document });
  onTestFinished(fake.close);
  const few = SEED_PAGE.flatMap((id) => ['--operation', id]);
  const args = ['--base-url', fake.url, ...few, '--max-requests', '30', '--fuzz'];
  const { code, stdout } = await run(args, { EV_ENERGY_ACCESS_TOKEN: fake.token });
  expect(code).toBe(2);
  expect(fake.requests).toHaveLength(30);
  // What couldn't be sent isn't counted.
  expect(stdout).toContain('~ 0 requests with generated values');
});

test.each([
  [['--seed', '1'], /--seed belongs to --fuzz/],
  [['--fuzz', '0'], /--fuzz must be a number of requests, as 200, or of seconds, as 30s, not '0'/],
  [['--target', 'mock', '--fuzz'], /--fuzz is for servers that look at what is sent/],
  [['--target', 'fake', '--fuzz', '--fuzz-file', 'package.json'], /holds no failures of --fuzz/],
])('options of fuzzing that make no sense are answered with what to do: %j', async (args, message) => {
  const { code, stderr } = await run(args);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
  expect(code).toBe(2);
});

test('without fast-check the error says how to install it', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package 'fast-check'"));
  await expect(loadFastCheck(missing)).rejects.toThrow(
    '--fuzz needs fast-check, which is not installed: npm install --save-dev fast-check',
  );
});
