import { expect, test } from 'vitest';
import { parseOpenApi } from '../../document/index.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { contractOf } from '../schema/load-contract.js';
import { resultOf } from './result.js';

const SECRET = 'sk-f83b1c90';

const contract = contractOf(
  parseOpenApi("openapi: 3.1.0\ninfo: { title: Small, version: '1' }\npaths: {}\n"),
);

const target = {
  name: 'mock',
  title: 'a mock',
  baseUrl: 'http://127.0.0.1:1',
  fixed: () => undefined,
  validates: true,
  tokens: { token: SECRET },
  stop: async () => {},
};

const judgement: Judgement = {
  rule: 'body-schema',
  operation: undefined,
  findings: [
    {
      rule: 'body-schema',
      operation: undefined,
      where: 'body',
      expected: `the token ${SECRET}`,
      found: `{"email":"ada@example.com","note":"${SECRET}"}`,
    },
  ],
};

function result(limit: (() => string) | undefined) {
  return resultOf({
    contract,
    rules: [],
    target: { ...target, limit } as unknown as Target,
    operations: [],
    exchanges: [],
    judgements: [judgement],
    accepted: [],
    faults: [],
    requests: 1,
    seconds: 0,
    strict: false,
    requireCoverage: false,
    complete: false,
  });
}

test.each([
  ['a violation', () => result(undefined).violations],
  ['a limit of the mock', () => result(() => 'it makes that up').limits],
])('%s shows neither a secret nor private data, in what was expected and in what was found', (_, found) => {
  const [finding, ...others] = found();
  expect(others).toEqual([]);
  const shown = `${finding?.expected} ${finding?.found}`;
  expect(shown).toContain('the token');
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain('ada@');
});
