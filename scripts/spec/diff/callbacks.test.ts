import { expect, it } from 'vitest';
import type { JsonObject, OpenApiDocument } from '../../../src/document/index.js';
import { compareDocuments } from './compare-documents.js';

/** A report that is made in the background; the API reports it to the address in the request. */
function documentWith(callbacks: JsonObject): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'Reports', version: '1' },
    paths: {
      '/reports': {
        post: { operationId: 'start', callbacks, responses: { '202': { description: 'Begun.' } } },
      },
    },
  };
}

function callback(kinds: string[], fields: JsonObject = {}): JsonObject {
  const schema = { type: 'object', required: ['kind'], properties: { kind: { enum: kinds }, ...fields } };
  const content = { 'application/json': { schema } };
  return {
    '{$request.query.to}': {
      post: { requestBody: { content }, responses: { '204': { description: 'Heard.' } } },
    },
  };
}

async function told(before: JsonObject, after: JsonObject): Promise<string[]> {
  const changes = await compareDocuments(documentWith(before), documentWith(after));
  return changes.map(({ impact, message }) => `${impact}: ${message}`);
}

it('a callback that stays as it is is no change', async () => {
  expect(await told({ done: callback(['made']) }, { done: callback(['made']) })).toEqual([]);
});

it('what a callback sends is read by the consumer: a field that goes breaks, one that comes does not', async () => {
  const [plain, fuller] = [
    { done: callback(['made']) },
    { done: callback(['made'], { size: { type: 'integer' } }) },
  ];
  expect(await told(plain, fuller)).toEqual([
    expect.stringMatching(/^compatible: .*callback done.*size.*added/),
  ]);
  expect(await told(fuller, plain)).toEqual([
    expect.stringMatching(/^breaking: .*callback done.*size.*removed/),
  ]);
});

it('a callback that goes breaks whoever waits for it, and a new one breaks nobody', async () => {
  const [none, one] = [{}, { done: callback(['made']) }];
  expect(await told(one, none)).toEqual([
    expect.stringMatching(/^breaking: POST \/reports › callback done .* removed/),
  ]);
  expect(await told(none, one)).toEqual([
    expect.stringMatching(/^compatible: POST \/reports › callback done .* added/),
  ]);
});
