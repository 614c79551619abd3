/**
 * The fake of documents that are written otherwise than this package's: no base path, ids that are numbers, pages by
 * number, inline schemas, objects that are put where none was, children at several depths, errors of their own form.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { check, contractOf, loadContract, rules } from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { createFake, type FakeOptions } from '../src/testing/index.js';
import { contract as evses } from './kit.js';

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/documents/${name}.yaml`, import.meta.url));

async function checkFake(name: string, behaviours: FakeOptions['behaviours'] = {}) {
  const contract = await loadContract(fixture(name));
  const fake = await createFake({ document: contract.document, record: false, behaviours });
  try {
    return await check({ contract, rules, target: inProcess(fake, contract) });
  } finally {
    await fake.close();
  }
}

test.each(['bakery', 'orchestra', 'registry', 'workshop'])('the fake of the %s conforms', async (name) => {
  const { violations, verdicts, operations } = await checkFake(name);
  expect(violations.map((one) => `${one.rule} ${one.operation} ${one.where}: ${one.found}`)).toEqual([]);
  const succeed = verdicts.filter(({ rule, state }) => rule === 'succeeds' && state === 'kept');
  expect(succeed).toHaveLength(operations.length);
});

test('a list of which one reference is not expanded is found', async () => {
  const { violations } = await checkFake('orchestra', {
    expand: (expand) => (resource, call) => {
      const expanded = expand(resource, call);
      const { pupils } = resource;
      if (!Array.isArray(pupils) || !Array.isArray(expanded.pupils)) return expanded;
      return { ...expanded, pupils: [...expanded.pupils.slice(0, -1), pupils.at(-1)] };
    },
  });
  const found = violations.filter(({ rule }) => rule === 'expand-inlines');
  expect(found[0]?.where).toMatch(/\/pupils\/1$/);
});

test('a conflict that the document declares says nothing of the operation, and is no violation', async () => {
  const { violations, verdicts } = await checkFake('orchestra', {
    remove: () => () => ({ status: 409, body: { title: 'Begun', status: 409, code: 'ABC123' } }),
  });
  expect(violations.filter(({ rule }) => rule === 'succeeds')).toEqual([]);
  const verdict = verdicts.find(
    ({ rule, operation }) => rule === 'succeeds' && operation === 'lessons.cancel',
  );
  expect(verdict?.state).toBe('not-covered');
});

const JSON_BODY = { 'content-type': 'application/json' };

test('a PUT adds what is not there under the id of the path, and changes it from then on', async () => {
  const { document } = await loadContract(fixture('bakery'));
  const fake = await createFake({ document });
  const headers = { ...JSON_BODY, 'X-Bakery-Key': 'any', authorization: `Bearer ${fake.token}` };
  const put = async (grams: number) => {
    const body = JSON.stringify({ grain: 'rye', grams });
    const answer = await fake.fetch(`${fake.url}/loaves/4711`, { method: 'PUT', headers, body });
    return [answer.status, await answer.json()];
  };
  expect(await put(900)).toEqual([201, expect.objectContaining({ id: 4711, grain: 'rye', grams: 900 })]);
  expect(await put(1000)).toEqual([200, expect.objectContaining({ id: 4711, grain: 'rye', grams: 1000 })]);
  const read = await fake.fetch(`${fake.url}/loaves/4711`, { headers });
  expect(await read.json()).toMatchObject({ id: 4711, grams: 1000 });
  await fake.close();
});

test('JSON where a file is declared is refused with 415, and a file is taken', async () => {
  const { document } = await loadContract(fixture('bakery'));
  const fake = await createFake({ document });
  const key = { 'X-Bakery-Key': 'any', authorization: `Bearer ${fake.token}` };
  const [loaf] = await (await fake.fetch(`${fake.url}/loaves`, { headers: key })).json();
  const put = async (body: string, type: string) => {
    const headers = { ...key, 'content-type': type };
    return (await fake.fetch(`${fake.url}/loaves/${loaf.id}/photo`, { method: 'PUT', headers, body })).status;
  };
  expect(await put('{"photo":1}', 'application/json')).toBe(415);
  expect(await put('GIF89a', 'image/gif')).toBe(204);
  await fake.close();
});

test('an operation that has no body in one document, and one in that of the client, is called all the same', async () => {
  const document = structuredClone(evses.document);
  for (const { path } of evses.operations.filter((operation) => operation.method === 'POST')) {
    const { post } = document.paths[path] as { post: { requestBody?: object } };
    delete post.requestBody;
  }
  const held = contractOf(document);
  const target = inProcess(await createFake({ document, record: false }), held);
  const operations = held.operations.filter(({ method }) => method === 'POST');
  const succeeds = rules.filter(({ id }) => id === 'succeeds');
  const { coverage } = await check({ contract: held, rules: succeeds, target, operations }).finally(
    target.stop,
  );
  expect(coverage.filter(({ statuses }) => statuses.met.length > 0)).toHaveLength(operations.length);
});
