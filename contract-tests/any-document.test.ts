import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { serve } from '../scripts/test/http-server.js';
import { type CheckResult, check, contractOf, loadContract, rules } from '../src/contract/index.js';
import type { Target } from '../src/contract/model/target.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import type { OpenApiDocument } from '../src/document/index.js';
import { bigDocument } from './fixtures/big-document.js';

describe('the big document on the mock', () => {
  let folder: string;
  let result: CheckResult;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ev-energy-contract-'));
    const file = join(folder, 'big.yaml');
    await writeFile(file, stringify(bigDocument(3), { aliasDuplicateObjects: false }));
    const contract = await loadContract(file);
    const target = await mockTarget(contract);
    try {
      result = await check({ contract, rules, target });
    } finally {
      await target.stop();
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('conforms', () => {
    expect(result.violations.map(({ rule, operation, found }) => `${rule} ${operation}: ${found}`)).toEqual(
      [],
    );
    expect(result.operations.length).toBeGreaterThan(60);
  });

  it('is called whole: each operation succeeds, and gives each status that it declares', () => {
    const kept = (rule: string) => result.verdicts.filter((v) => v.rule === rule && v.state === 'kept');
    expect(kept('succeeds')).toHaveLength(result.operations.length);
    for (const { operation, statuses } of result.coverage) {
      expect([operation, statuses.met]).toEqual([operation, statuses.declared]);
    }
  });
});

/** What an answer of the server below may be changed to. */
type Answers = Record<string, { status?: number; headers?: Record<string, string>; body?: unknown }>;

const RIGHT: Answers = {
  'POST /forms': { status: 201, body: { ok: true } },
  'POST /files': { status: 201, body: { ok: true } },
  'GET /download': { status: 302, headers: { location: 'https://files.example.com/data.csv' } },
  'HEAD /download': { status: 200 },
};

const fields = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' }, size: { type: 'integer' } },
};
const formOf = (operationId: string, mediaType: string) => ({
  post: {
    operationId,
    security: [],
    requestBody: {
      required: true,
      content: { [mediaType]: { schema: fields, example: { title: 'A & B', size: 3 } } },
    },
    responses: {
      '201': { description: 'Taken.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
});
const contract = contractOf({
  openapi: '3.1.0',
  info: { title: 'Forms and files', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/forms': formOf('send-form', 'application/x-www-form-urlencoded'),
    '/files': formOf('send-file', 'multipart/form-data'),
    '/download': {
      get: { operationId: 'get-download', security: [], responses: { '302': { description: 'There.' } } },
      head: {
        operationId: 'head-download',
        security: [],
        responses: { '200': { description: 'It is.', content: { 'application/json': { schema: {} } } } },
      },
    },
  },
} as unknown as OpenApiDocument);

function targetAt(baseUrl: string): Target {
  return {
    name: 'live',
    baseUrl,
    title: 'a server',
    fixed: () => 'fixed answers',
    validates: false,
    prefer: false,
    knowsExamples: true,
    own: true,
    tokens: {},
    stop: async () => {},
  };
}

async function checkServer(answers: Answers) {
  const server = await serve(({ method, path }) => answers[`${method} ${path}`] ?? { status: 404 });
  const target = targetAt(server.url);
  const succeeds = rules.filter(({ id }) => ['succeeds', 'status-declared', 'content-type'].includes(id));
  const result = await check({ contract, rules: succeeds, target });
  return { server, found: result.violations.map((v) => `${v.rule} ${v.operation}: ${v.found}`) };
}

describe('forms, redirects and HEAD', () => {
  it('are sent and taken as the document says', async () => {
    const { server, found } = await checkServer(RIGHT);
    expect(found).toEqual([]);
    const sent = (path: string) => server.requests.find((request) => request.path === path);
    expect(sent('/forms')).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'title=A+%26+B&size=3',
    });
    const file = sent('/files');
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(file?.headers['content-type'] ?? '')?.[1];
    expect(file?.body.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="title"\r\n\r\nA & B\r\n',
      '\r\nContent-Disposition: form-data; name="size"\r\n\r\n3\r\n',
      expect.stringMatching(/^--\s*$/),
    ]);
  });

  it.each([
    ['a form that is refused', 'POST /forms', { status: 415 }, 'status-declared send-form: 415'],
    [
      'a redirect that is not declared',
      'GET /download',
      { status: 307 },
      'status-declared get-download: 307',
    ],
    ['a redirect in place of a success', 'POST /forms', { status: 302 }, 'status-declared send-form: 302'],
    [
      'HEAD with the type of another body',
      'HEAD /download',
      { headers: { 'content-type': 'text/html' } },
      'content-type head-download: text/html',
    ],
  ])('%s is noticed', async (_, operation, answer, expected) => {
    const { found } = await checkServer({ ...RIGHT, [operation]: answer });
    expect(found).toEqual([expected]);
  });
});

it('an example by a name that no header can hold is not covered, and ends no run', async () => {
  const examples = { 'Fahrt – eins': { value: {} }, two: { value: {} } };
  const content = { 'application/json': { schema: { type: 'object' }, examples } };
  const get = { operationId: 'get-it', security: [], responses: { '200': { description: 'It.', content } } };
  const document = { openapi: '3.1.0', info: { title: 'Names', version: '1' }, paths: { '/it': { get } } };
  const server = await serve(() => ({ body: {} }));
  const result = await check({
    contract: contractOf(document as unknown as OpenApiDocument),
    rules: rules.filter(({ id }) => ['mock-examples', 'succeeds'].includes(id)),
    target: { ...targetAt(server.url), prefer: true },
  });
  expect(result.violations).toEqual([]);
  expect(result.verdicts).toContainEqual(
    expect.objectContaining({
      rule: 'mock-examples',
      state: 'not-covered',
      reason: expect.stringContaining("can't send 'Prefer: code=200, example=Fahrt – eins'"),
    }),
  );
});
