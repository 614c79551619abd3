/** The contract and the fake of small documents that are right, and written as few documents are. */
import { expect, test } from 'vitest';
import { check, contractOf, rules } from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { parseOpenApi } from '../src/document/index.js';
import { createFake } from '../src/testing/index.js';

async function checkFake(paths: string) {
  const text = `openapi: 3.1.0\ninfo: { title: Odd, version: '1' }\nservers: [{ url: https://odd.example.com }]\nsecurity: []\n${paths}`;
  const contract = contractOf(parseOpenApi(text));
  const fake = await createFake({ document: contract.document, record: false });
  const { violations, verdicts } = await check({ contract, rules, target: inProcess(fake, contract) });
  await fake.close();
  const verdictOf = (rule: string, operation: string) => {
    const { state, reason } = verdicts.find((one) => one.rule === rule && one.operation === operation) ?? {};
    return [state, reason];
  };
  return {
    found: violations.map((one) => `${one.rule} ${one.operation} ${one.where}: ${one.found}`),
    verdictOf,
  };
}

test('an operation with TRACE is not covered, and the others are checked', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /echo:
    get: { operationId: read, responses: { '204': { description: Read. } } }
    trace: { operationId: echo, responses: { '204': { description: Echoed. } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'read')[0]).toBe('kept');
  expect(verdictOf('succeeds', 'echo')).toEqual([
    'not-covered',
    'the client is built on fetch, which sends no TRACE',
  ]);
});

test('what has no answer for its absence is back in its first state after a DELETE', async () => {
  const setting = (more: string) => `
paths:
  /theme:
    get:
      operationId: read
      responses:
        '200':
          description: The theme.
          content: { application/json: { schema: { type: object, required: [dark], properties: { dark: { type: boolean } } } } }
${more}
    delete: { operationId: reset, responses: { '204': { description: Done. } } }
`;
  const reset = await checkFake(setting(''));
  expect(reset.found).toEqual([]);
  expect(reset.verdictOf('deleted-gone', 'reset')).toEqual([
    'not-applicable',
    'the operation that reads it declares no answer for what is gone',
  ]);
  const deleted = await checkFake(setting("        '410': { description: There is none. }"));
  expect(deleted.found).toEqual([]);
  expect(deleted.verdictOf('deleted-gone', 'reset')[0]).toBe('kept');
});
