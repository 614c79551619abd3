import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, conforms, loadContract, rules } from '../src/contract/index.js';
import { reportOf } from '../src/contract/report/data.js';
import { htmlReport } from '../src/contract/report/html/page.js';
import { markdownReport } from '../src/contract/report/markdown.js';
import { terminalReport } from '../src/contract/report/terminal/terminal.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import { EVSES } from './fixtures/evses.js';

async function checkMock(file: string) {
  const contract = await loadContract(file);
  const target = await mockTarget(contract);
  onTestFinished(target.stop);
  return check({ contract, rules, target });
}

// Hundreds of requests, and Prism reads the document anew: seconds alone, far more on a busy machine.
describe('the part of the document against its mock', { timeout: 120_000 }, () => {
  test('conforms', async () => {
    const result = await checkMock(EVSES);
    expect(result.requests).toBeGreaterThan(80);
    expect(result.violations).toEqual([]);
    expect(result.notes).toEqual([]);
    expect(result.faults).toEqual([]);
  });
});

/** Checks a document on the mock that has one operation, GET /things/{thing_id}. */
async function checkSmall(operation: object, components: object) {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'small.json');
  const info = { title: 'Small', version: '1' };
  const id = { name: 'thing_id', in: 'path', required: true, schema: { type: 'string' }, example: 't1' };
  const get = { operationId: 'get-thing', parameters: [id], security: [], ...operation };
  const document = { openapi: '3.1.0', info, paths: { '/things/{thing_id}': { get } }, components };
  await writeFile(file, JSON.stringify(document));
  return checkMock(file);
}

const answers = (schema: object, example?: object) => ({
  description: 'It.',
  content: { 'application/json': { schema, ...(example ? { example } : {}) } },
});
const refuses = (schema: object) => ({
  description: 'It is not so.',
  content: { 'application/problem+json': { schema } },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('what a mock cannot do', () => {
  test('is a limit of the mock, and fails nothing: schemas that contain themselves, a status for several errors, headers without examples', async () => {
    const result = await checkSmall(
      {
        responses: {
          200: answers(ref('Thing')),
          404: refuses(ref('Problem')),
          409: refuses(ref('Problem')),
          429: { ...refuses(ref('Problem')), headers: { 'Retry-After': { schema: { type: 'integer' } } } },
        },
      },
      {
        schemas: {
          Thing: { type: 'object', properties: { log: ref('Log') } },
          Log: { type: 'object', required: ['thing'], properties: { thing: ref('Whole') } },
          Whole: { type: 'object', required: ['log'], properties: { log: ref('Log') } },
          Problem: {
            type: 'object',
            properties: { title: { type: 'string' }, status: { type: 'integer', example: 404 } },
          },
        },
      },
    );
    expect(result.violations).toEqual([]);
    expect(conforms(result)).toBe(true);
    expect([...new Set(result.limits.map(({ rule }) => rule))].sort()).toEqual([
      'body-schema',
      'problem-status',
      'retry-after',
    ]);
    expect(reportOf([result]).runs[0]?.limits).toHaveLength(result.limits.length);
    for (const report of [
      terminalReport(result, { colours: false, verbose: false }),
      markdownReport(reportOf([result])),
      htmlReport(reportOf([result])),
    ]) {
      expect(report).toMatch(/limits of the mock .*Prism/);
    }
  });

  test.each([
    [
      'a security scheme that it does not know',
      { security: [{ Odd: [] }], responses: { 200: answers({ type: 'object' }), 401: refuses({}) } },
      'no-token',
    ],
    ['an operation that declares errors alone', { responses: { 401: refuses({}) } }, 'succeeds'],
    [
      'a text made without its pattern, where another answer and another field are called default',
      {
        responses: {
          200: answers({
            type: 'object',
            required: ['code', 'default'],
            properties: { code: { type: 'string', pattern: '^Q(?!0)\\d{9}$' }, default: { type: 'string' } },
          }),
          default: refuses({ type: 'object', properties: { code: { type: 'string' } } }),
        },
      },
      'body-schema',
    ],
    [
      'an operation that only switches protocols',
      { responses: { 101: { description: 'Yes.' } } },
      'status-declared',
    ],
  ])('is a limit of the mock, and fails nothing: %s', async (_, operation, rule) => {
    const securitySchemes = { Odd: { type: 'http', scheme: 'Token' } };
    const { violations, limits } = await checkSmall(operation, { securitySchemes });
    expect(violations).toEqual([]);
    expect(limits.map((limit) => limit.rule)).toContain(rule);
  });

  test('is a limit of the mock, and fails nothing: headers that say how an answer is sent, or that no header can carry', async () => {
    const shown = (example: unknown) => ({ required: true, schema: {}, example });
    const headers = {
      'Transfer-Encoding': shown('chunked'),
      Trailer: shown('Expires'),
      'Content-Encoding': shown('gzip'),
      'Content-Length': shown(300),
      'X-Lines': shown('one\ntwo'),
      'X-Snow': shown('\u2603'),
    };
    const { violations, limits, verdicts } = await checkSmall(
      { responses: { 101: { description: 'Wait.' }, 200: { ...answers({ type: 'object' }, {}), headers } } },
      {},
    );
    expect(violations).toEqual([]);
    const found = new Set(limits.map(({ rule, where }) => `${rule} ${where}`));
    expect([...found].sort()).toEqual(['header-present header X-Lines', 'header-present header X-Snow']);
    expect(verdicts.find(({ rule }) => rule === 'succeeds')?.state).toBe('kept');
  });

  test('hides no fault of the document: wrong examples, and a wrong status of the only error that shows it', async () => {
    const schemas = {
      Thing: { type: 'object', properties: { size: { type: 'integer', example: 'large' } } },
      Problem: { type: 'object', properties: { status: { type: 'integer', example: 400 } } },
      Limit: { type: 'object', properties: { status: { type: 'integer', example: 429 } } },
    };
    const { violations } = await checkSmall(
      {
        responses: {
          200: answers(ref('Thing')),
          404: refuses(ref('Problem')),
          429: {
            ...refuses(ref('Limit')),
            headers: { 'Retry-After': { schema: { type: 'integer' }, example: 7200 } },
          },
        },
      },
      { schemas },
    );
    expect(violations).toContainEqual(
      expect.objectContaining({ rule: 'body-schema', expected: 'integer', found: '"large"' }),
    );
    const found = violations.map(({ rule, where }) => `${rule} ${where}`);
    expect([...new Set(found)].sort()).toEqual([
      'body-schema body /size',
      'problem-status body /status',
      'retry-after header Retry-After',
    ]);
  });

  test('tells of a security scheme that is not declared as a fault of the document, once', async () => {
    const { violations, faults } = await checkSmall(
      { security: [{ Key: ['things'] }], responses: { 200: answers({ type: 'object' }, {}) } },
      { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    );
    expect(violations).toEqual([]);
    expect(faults).toEqual([
      {
        pointer: '#/paths/~1things~1{thing_id}/get/security',
        message: "the security scheme 'Key' is not declared in components/securitySchemes",
      },
    ]);
  });

  test.each([
    ['a key in a header', { type: 'apiKey', in: 'header', name: 'X-Key' }],
    ['a key in the query', { type: 'apiKey', in: 'query', name: 'key' }],
    ['a key in a cookie', { type: 'apiKey', in: 'cookie', name: 'key' }],
    ['user and password', { type: 'http', scheme: 'basic' }],
  ])('an operation that asks for %s gets it', async (_, scheme) => {
    const result = await checkSmall(
      {
        security: [{ way: [] }],
        responses: { 200: answers({ type: 'object' }, {}), 401: answers({ type: 'object' }, {}) },
      },
      { securitySchemes: { way: scheme } },
    );
    expect([result.violations, result.limits]).toEqual([[], []]);
    expect(result.verdicts).toContainEqual(
      expect.objectContaining({ rule: 'succeeds', operation: 'get-thing', state: 'kept' }),
    );
    expect(result.verdicts).toContainEqual(
      expect.objectContaining({ rule: 'no-token', operation: 'get-thing', state: 'kept' }),
    );
  });
});
