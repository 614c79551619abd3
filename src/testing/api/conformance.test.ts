/**
 * The conforming fake answers as the document allows: for every operation if it succeeds, and otherwise for those with
 * their own data.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, linkTo, request } from '../../../scripts/test/http.js';
import {
  itemsOf,
  loadDocument,
  type Operation,
  PAGE_AFTER,
  PAGE_SIZE,
  pathParameters,
  propertyNames,
  readOperations,
  vendoredDocument,
} from '../../document/index.js';
import { type Fake, startFake } from '../index.js';
import { DocumentSchemas } from './schemas.js';

const document = await loadDocument(vendoredDocument());
const operations = readOperations(document);
const schemas = new DocumentSchemas(document);
const allReads = operations.filter(({ method }) => method === 'GET');
/** What the sample data has; the other operations are made up by the same mechanisms. */
const SAMPLED =
  /^\/(evse_(makes|models|firmware_versions)(\/\{\w+\})?|evse_onboarding|evses(\/\{evse_id\}(\/(status|command|error)_logs(\/\{\w+\})?|\/connectivity|\/reconnect)?)?)$/;
const sampled = operations.filter(({ path }) => SAMPLED.test(path));
const reads = sampled.filter(({ method }) => method === 'GET');

let fake: Fake;
let userToken: string;
beforeAll(async () => {
  fake = await startFake({ document, rateLimit: 1_000_000 });
  const [user] = fake.world.store.collection('/users', [])?.items ?? [];
  userToken = fake.issueToken({ userId: String(user?.id) });
});
afterAll(() => fake.close());

/** An address of the operation: path parameters from the data, required query parameters from the examples. */
function addressOf(operation: Operation, query: Record<string, string> = {}): string {
  const keys: string[] = [];
  let path = operation.path;
  for (const name of pathParameters(operation.path)) {
    const collection = path.slice(0, path.indexOf(`/{${name}}`));
    const found = fake.world.store.collection(collectionTemplate(operation.path, name), keys);
    const key = String(found?.items[0]?.[found.table.key]);
    keys.push(key);
    path = `${collection}/${encodeURIComponent(key)}${path.slice(collection.length + name.length + 3)}`;
  }
  const required = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, examples }) => [name, String(examples[0]?.value)]);
  const search = new URLSearchParams([...required, ...Object.entries(query)]);
  return `${fake.url}${path}?${search}`;
}

const collectionTemplate = (path: string, name: string) => path.slice(0, path.indexOf(`/{${name}}`));

/** What the document doesn't allow in an answer. */
function violations(operation: Operation, answer: Answer): unknown[] {
  const spec = operation.responses.find(({ status }) => status === String(answer.status));
  if (!spec) return [`${answer.status} is not declared`];
  const found: unknown[] = [];
  for (const header of spec.headers) {
    const text = answer.headers.get(header.name);
    if (text === null) found.push(...(header.required ? [`${header.name} is missing`] : []));
    else if (header.schemaPointer) {
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
      found.push(schemas.check(header.schemaPointer, value));
    }
  }
  const type = answer.headers.get('content-type');
  const content = spec.content.find(({ mediaType }) => mediaType === type);
  if (spec.content.length === 0) found.push(answer.body === '' ? undefined : 'there is a body');
  else if (!content?.schemaPointer) found.push(`${type} is not declared`);
  else found.push(schemas.check(content.schemaPointer, answer.body));
  if (answer.status >= 400 && answer.body.status !== answer.status) found.push('the body has another status');
  return found.filter((violation) => violation !== undefined);
}

/** As an application; as a user where the operation is about the user who asks. */
const send = (operation: Operation, url: string, init: Parameters<typeof request>[1] = {}) =>
  request(url, { method: operation.method, token: operation.needsUser ? userToken : fake.token, ...init });

/** A body that the operation accepts, if it takes one. */
function bodyOf(operation: Operation): RequestInit {
  const [content] = operation.requestBody?.content ?? [];
  if (!content) return {};
  return {
    body: JSON.stringify(content.examples[0]?.value),
    headers: { 'content-type': content.mediaType },
  };
}

function expectAllowed(operation: Operation, answer: Answer, status?: number) {
  expect(violations(operation, answer)).toEqual([]);
  if (status !== undefined) expect(answer.status).toBe(status);
}

const named = (list: readonly Operation[]) => list.map((operation) => [operation.id, operation] as const);
const paged = reads.filter(({ paging }) => paging);
const writes = sampled.filter(({ method }) => method !== 'GET');
const allWrites = operations.filter(({ method }) => method !== 'GET');
const declares = ({ responses }: Operation, wanted: number) =>
  responses.some(({ status }) => status === String(wanted));

test('the sample data has nineteen operations', () => {
  expect(sampled).toHaveLength(19);
});

test.each(named(allReads))('%s succeeds as declared', async (_, operation) => {
  const answer = await send(operation, addressOf(operation));
  expectAllowed(operation, answer);
  expect(answer.status).toBeLessThan(400);
});

test.each(named(allWrites))(
  '%s changes something as declared, or refuses with a declared conflict',
  async (_, operation) => {
    const answer = await send(operation, addressOf(operation), bodyOf(operation));
    expectAllowed(operation, answer);
    // An action that needs something under way may find that the object has nothing under way.
    if (answer.status !== 409) expect(answer.status).toBeLessThan(300);
  },
);

test.each(named(writes.filter(({ requestBody }) => requestBody)))(
  '%s refuses what is not JSON as declared',
  async (_, operation) => {
    const broken = { ...bodyOf(operation), body: '[' };
    expectAllowed(operation, await send(operation, addressOf(operation), broken), 400);
  },
);

test.each(named(paged))('%s has valid items on every page', async (_, operation) => {
  let url = addressOf(operation, { [PAGE_SIZE]: '10' });
  let count = 0;
  for (; url !== 'about:blank'; count += 1) {
    const answer = await send(operation, url);
    expectAllowed(operation, answer, 200);
    url = linkTo('next', answer.headers) ?? '';
  }
  expect(count).toBeGreaterThan(2);
  expectAllowed(operation, await send(operation, addressOf(operation, { [PAGE_AFTER]: 'nonsense' })), 400);
  // A cursor in the document's examples is valid, even if no item has it.
  const { examples = [] } = operation.parameters.find(({ name }) => name === PAGE_AFTER) ?? {};
  for (const { value } of examples)
    expectAllowed(
      operation,
      await send(operation, addressOf(operation, { [PAGE_AFTER]: String(value) })),
      200,
    );
});

test.each(named(reads.filter(({ expansion }) => expansion)))(
  '%s expands every path',
  async (_, operation) => {
    const { parameter = '', paths = [] } = operation.expansion ?? {};
    for (const path of paths) {
      const answer = await send(operation, addressOf(operation, { [parameter]: path }));
      expectAllowed(operation, answer, 200);
      const [item] = [answer.body].flat();
      const value = path.split('.').reduce((object, field) => object[field], item);
      expect(value).toEqual(expect.any(Object));
    }
  },
);

test.each(named(reads))('%s refuses bad headers as declared', async (_, operation) => {
  const url = addressOf(operation);
  const version = { headers: { 'EvEnergy-Version': '1' } };
  expectAllowed(operation, await send(operation, url, version), 400);
  if (declares(operation, 401)) expectAllowed(operation, await send(operation, url, { token: 'wrong' }), 401);
  if (declares(operation, 406))
    expectAllowed(operation, await send(operation, url, { headers: { accept: 'text/html' } }), 406);
});

test.each(named(sampled.filter((operation) => !operation.public)))(
  '%s refuses callers without token or scope as declared',
  async (_, operation) => {
    const url = addressOf(operation);
    expectAllowed(operation, await request(url, { method: operation.method }), 401);
    expectAllowed(operation, await send(operation, url, { token: fake.issueToken({ scopes: [] }) }), 403);
  },
);

test.each(named(sampled.filter(({ path }) => path.includes('{'))))(
  '%s refuses unknown and malformed ids as declared',
  async (_, operation) => {
    const url = addressOf(operation);
    const key = new URL(url).pathname.split('/').findLast((part) => /\d\d/.test(part)) ?? '';
    const unknown = key.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    expectAllowed(operation, await send(operation, url.replace(key, unknown), bodyOf(operation)), 404);
    if (declares(operation, 400))
      expectAllowed(operation, await send(operation, url.replace(key, 'nonsense'), bodyOf(operation)), 400);
  },
);

test.each(named(sampled.filter((operation) => declares(operation, 429))))(
  '%s says when the limit is used up',
  async (_, operation) => {
    const poor = await startFake({ document, rateLimit: { limit: 0, anonymous: 0 } });
    const url = addressOf(operation).replace(fake.url, poor.url);
    expectAllowed(operation, await send(operation, url, { token: poor.token }), 429);
    await poor.close();
  },
);

test.each(named(paged))('%s shows exactly the fields that the document describes', async (_, operation) => {
  const content = operation.responses.find(({ status }) => status === '200')?.content[0];
  const items = itemsOf(document, content?.schema, content?.schemaPointer);
  const fields = items ? propertyNames(document, items.value) : new Set();
  const { body } = await send(operation, addressOf(operation));
  expect(new Set(Object.keys(body[0]))).toEqual(fields);
});
