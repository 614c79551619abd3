import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../../src/document/index.js';
import { serve } from '../test/http-server.js';
import { generate } from './generate.js';

/** A document with one operation. */
const operation = (method: string, responses: string, parameters = ''): OpenApiDocument =>
  parse(`openapi: 3.1.0
info: { title: T, version: '1.0' }
paths:
  /things/{id}:
    ${method}:
      operationId: get-things-id
      description: Gives a thing.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        ${parameters}
      responses:
        ${responses}
`);

const THING = "'200': { description: A thing., content: { application/json: { schema: { type: object } } } }";
const EXPAND =
  '- { name: expand, in: query, schema: { type: array, items: { type: string, enum: [owner] } } }';

const file = async (name: string, ...document: Parameters<typeof operation>) =>
  (await generate(operation(...document))).get(name);

/** A document in which two operations belong together. */
const upload = (declared: string): OpenApiDocument =>
  parse(`openapi: 3.1.0
info: { title: T, version: '1.0' }
paths:
  /letters:start:
    post:
      operationId: start
      x-upload: ${declared}
      x-max-body-bytes: 500
      requestBody: { content: { application/json: { schema: { type: object, properties: { title: { type: string } } } } } }
      responses: { '201': { description: Announced., content: { application/json: { schema: { type: object } } } } }
  /letters/{letter_id}:finish:
    post:
      operationId: finish
      parameters: [{ name: letter_id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: Sent., content: { application/json: { schema: { type: object } } } } }
`);

describe('an upload', () => {
  const DECLARED = '{ method: upload, url: target, finish: finish, id: id, file_name: title }';

  it('is one method for the three requests, whose body may leave the name to the file', async () => {
    const client = (await generate(upload(DECLARED))).get('client.ts');
    expect(client).toContain(
      'upload(file: UploadFile, body?: LettersUploadBody, params?: NoParams, options?: UploadOptions)',
    );
    expect(client).toContain(
      "type LettersUploadBody = Omit<LettersStartBody, 'title'> & Partial<Pick<LettersStartBody, 'title'>>;",
    );
    expect((await generate(upload(DECLARED))).get('operations.ts')).toContain(
      "upload: { method: 'upload', finish: { op: 'POST /letters/{letter_id}:finish', id: 'finish', public: true }, url: 'target', id: 'id', fileName: 'title' }",
    );
  });

  it.each([
    ['{ method: start, url: target, finish: finish, id: id }', "the name 'start' is taken"],
    ['{ method: upload, url: target, finish: end, id: id }', "names no operation: finish 'end'"],
    ['{ method: upload, url: target, finish: finish }', "x-upload needs 'id', a string"],
    ['letters.upload', 'x-upload must be an object'],
  ])('is refused where the document declares %s', async (declared, message) => {
    await expect(generate(upload(declared))).rejects.toThrow(message);
  });

  it('goes with how large a body may be', async () => {
    expect((await generate(upload(DECLARED))).get('operations.ts')).toContain('maxBody: 500');
  });
});

describe('what is generated', () => {
  it('tells at a method that may be redirected, and at no other, what becomes of that in a browser', async () => {
    const hint = 'A browser hides where it leads';
    expect(await file('client.ts', 'get', THING)).not.toContain(hint);
    const redirect = `'302': { description: Elsewhere. }\n        ${THING}`;
    expect(await file('client.ts', 'get', redirect)).toContain(hint);
    const same = `${THING}\n        '304': { description: Nothing has changed. }`;
    expect(await file('client.ts', 'get', same)).not.toContain('Redirect');
    expect(await file('operations.ts', 'get', same)).not.toContain('redirect');
  });

  it.each([
    [`'202': { description: Begun. }\n        ${THING}`, 'get', true],
    [THING, 'head', true],
    [THING, 'get', false],
  ])('says of an operation whether a success may be empty: %s of %s', async (responses, method, empty) => {
    expect((await file('operations.ts', method, responses))?.includes('empty: true')).toBe(empty);
  });

  it.each([
    ['the usual one is left out', 'get', "op: 'GET /things/{id}', public"],
    ['another is told', 'put', "op: 'PUT /things/{id}', id: 'get-things-id', public"],
  ])(
    'has the id of an operation only where it does not follow from method and path: %s',
    async (_, method, entry) => {
      expect(await file('operations.ts', method, THING)).toContain(entry);
    },
  );

  it.each([
    ['by cursor', "'cursor'", '- { name: page_after, in: query, schema: { type: string } }'],
    ['all at once', "'whole'", ''],
  ])('says of a collection how it is paged: %s', async (_, list, parameter) => {
    const things =
      "'200': { description: Things., content: { application/json: { schema: { type: array, items: { type: object } } } } }";
    expect(await file('operations.ts', 'get', things, parameter)).toContain(`list: ${list}`);
    expect(await file('operations.ts', 'get', THING, parameter)).not.toContain("list: '");
  });

  it('has a signature without parameters where a method expands, unless they are required', async () => {
    const alone = /^ {2}retrieve\(id: string\): ApiPromise<.*>;$/m;
    expect(await file('client.ts', 'get', THING, EXPAND)).toMatch(alone);
    const required = `${EXPAND}\n        - { name: at, in: query, required: true, schema: { type: string } }`;
    const client = await file('client.ts', 'get', THING, required);
    expect(client).not.toMatch(alone);
    expect(client).toContain('params: Given<ThingsRetrieveParams<E>, P>');
  });
});

it('a generated method asks callers for no header that the document cannot ask for', async () => {
  const header = (name: string) =>
    `- { name: ${name}, in: header, required: true, schema: { type: string } }\n        `;
  const parameters = `${header('Authorization')}${header('X-Trace')}${header('Content-Length')}`;
  const files = await generate(operation('get', THING, parameters));
  for (const name of ['schema.ts', 'client.ts', 'operations.ts'])
    expect(files.get(name)).not.toMatch(/["']?(Authorization|Content-Length)["']?:/);
  expect(files.get('schema.ts')).toContain('"X-Trace": string;');
});

it('fetches nothing that the document names', async () => {
  const server = await serve(() => ({ body: {} }));
  const far = THING.replace('} } }', `}, examples: { far: { externalValue: '${server.url}/far.json' } } } }`);
  await generate(operation('get', far));
  expect(server.requests).toEqual([]);
});
