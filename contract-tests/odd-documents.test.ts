/** The contract and the fake of small documents that are right, and written as few documents are. */
import { expect, test } from 'vitest';
import { check, checkExchange, contractOf, rules } from '../src/contract/index.js';
import { inProcess } from '../src/contract/targets/fake.js';
import { parseOpenApi } from '../src/document/index.js';
import { createFake } from '../src/testing/index.js';

async function checkFake(paths: string, server = 'https://odd.example.com') {
  const text = `openapi: 3.1.0\ninfo: { title: Odd, version: '1' }\nservers: [{ url: ${server} }]\nsecurity: []\n${paths}`;
  const contract = contractOf(parseOpenApi(text));
  const fake = await createFake({ document: contract.document, record: false });
  const { violations, verdicts, faults } = await check({
    contract,
    rules,
    target: inProcess(fake, contract),
  });
  await fake.close();
  const verdictOf = (rule: string, operation: string) => {
    const { state, reason } = verdicts.find((one) => one.rule === rule && one.operation === operation) ?? {};
    return [state, reason];
  };
  return {
    faults: faults.map(({ pointer, message }) => `${pointer} ${message}`),
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

test('headers that no server can send as documented break no rule, and a name that no header can have is a fault of the document', async () => {
  const header = (example: string) => `{ required: true, schema: { type: string }, example: ${example} }`;
  const { found, faults, verdictOf } = await checkFake(`
paths:
  /odd:
    get:
      operationId: odd
      responses:
        '200':
          description: It.
          headers:
            Transfer-Encoding: ${header('chunked')}
            Content-Encoding: ${header('gzip')}
            X-Snow: ${header('"\\u2603"')}
            'X Space': ${header('a')}
          content: { application/json: { schema: { type: object } } }
`);
  expect(found).toEqual([]);
  expect(faults).toEqual(['#/paths/~1odd/get/responses/200/headers/X Space no header can have this name']);
  expect(verdictOf('succeeds', 'odd')[0]).toBe('kept');
});

test('after a DELETE, an object that is never absent by the document is back in its first state', async () => {
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

const query = (name: string, more: string, schema: string, example: string) => `
  /${name}:
    get:
      operationId: ${name}
      parameters: [{ name: ids, in: query, required: true, ${more}, schema: ${schema}, example: ${example} }]
      responses: { '204': { description: Read. } }`;

test('every style of a query parameter, and a cookie, is sent and read as the document says', async () => {
  const list = '{ type: array, items: { type: integer } }';
  const object = '{ type: object, required: [a], properties: { a: { type: integer }, b: { type: string } } }';
  const fields = '{ a: 1, b: x }';
  const styles = [
    query('spaces', 'style: spaceDelimited, explode: false', list, '[1, 2]'),
    query('pipes', 'style: pipeDelimited, explode: false', list, '[1, 2]'),
    query('commas', 'explode: false', list, '[1, 2]'),
    query('repeated', 'explode: true', list, '[1, 2]'),
    query('deep', 'style: deepObject', object, fields),
    query('apart', 'explode: true', object, fields),
    query('together', 'explode: false', object, fields),
    query(
      'written',
      `content: { application/json: { schema: ${object}, example: ${fields} } }`,
      object,
      fields,
    ).replace(/, schema: [^\n]*? }, example: \{ a: 1, b: x \} \}\]/, ' }]'),
  ];
  const cookie = `
  /cookie:
    get:
      operationId: cookie
      parameters: [{ name: session, in: cookie, required: true, schema: { type: string }, example: a b }]
      responses: { '204': { description: Read. } }`;
  const { found, verdictOf } = await checkFake(`paths:${styles.join('')}${cookie}`);
  expect(found).toEqual([]);
  for (const name of 'spaces pipes commas repeated deep apart together written cookie'.split(' '))
    expect([name, verdictOf('succeeds', name)[0]]).toEqual([name, 'kept']);
});

test('objects and lists are sent in paths, headers and cookies, also where the document has no example of one', async () => {
  const object = 'schema: { type: object, properties: { role: { type: string }, age: { type: integer } } }';
  const list = 'schema: { type: array, items: { type: integer } }';
  const operation = (name: string, path: string, parameter: string) => `
  /${name}${path}:
    get:
      operationId: ${name}
      parameters: [{ name: v, ${parameter} }]
      responses: { '204': { description: Read. } }`;
  const operations = {
    commas: operation(
      'commas',
      '/{v}',
      `in: path, ${object.replace('type: object', 'type: object, required: [role]')}`,
    ),
    equals: operation('equals', '/{v}', `in: path, required: true, explode: true, ${object}`),
    json: operation('json', '/{v}', `in: path, required: true, content: { application/json: { ${object} } }`),
    listed: operation('listed', '/{v}', `in: path, required: false, ${list}`),
    header: operation('header', '', `in: header, required: true, explode: true, ${object}`),
    cookie: operation('cookie', '', `in: cookie, required: true, explode: false, ${list}`),
    spaces: operation(
      'spaces',
      '',
      `in: query, required: true, style: spaceDelimited, explode: false, ${object}`,
    ),
    pipes: operation(
      'pipes',
      '',
      `in: query, required: true, style: pipeDelimited, explode: false, ${object}`,
    ),
  };
  const { found, verdictOf } = await checkFake(`paths:${Object.values(operations).join('')}`);
  expect(found).toEqual([]);
  for (const name of Object.keys(operations))
    expect([name, verdictOf('succeeds', name)[0]]).toEqual([name, 'kept']);
});

test('a JSON answer with a media type of its own is asked for by that type', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /patients:
    get:
      operationId: patients
      responses:
        '200': { description: All., content: { application/fhir+json: { schema: { type: object } }, application/fhir+xml: { schema: { type: string } } } }
        4XX: { description: No. }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'patients')[0]).toBe('kept');
});

test('paths that share a path item, and paths that differ by a slash, are operations of their own; one without answers is not covered', async () => {
  const read = "get: { responses: { '204': { description: Read. } } }";
  const { found, verdictOf } = await checkFake(`
paths:
  /old/{id}: { $ref: '#/paths/~1new~1%7Bid%7D' }
  /new/{id}: { parameters: [{ name: id, in: path, schema: { type: string } }], ${read} }
  /days: { ${read} }
  /days/: { post: { operationId: addDay, responses: { '204': { description: Added. } } } }
  /silent: { get: { operationId: silent } }
`);
  expect(found).toEqual([]);
  for (const name of ['get-old-id', 'get-new-id', 'get-days', 'addDay'])
    expect([name, verdictOf('succeeds', name)[0]]).toEqual([name, 'kept']);
  expect(verdictOf('succeeds', 'silent')[0]).toBe('not-covered');
});

test('a change may succeed where a PUT may have made the item before', async () => {
  const answers =
    "'404': { description: No. }, '201': { description: Put. }, '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Tune' } } } }";
  const body =
    '{ required: true, content: { application/json: { schema: { type: object, properties: { key: { type: string } } } } } }';
  const { found, verdictOf } = await checkFake(`
paths:
  /tunes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^[A-Za-z]+$' } }]
    get: { operationId: read, responses: { ${answers} } }
    put: { operationId: put, requestBody: ${body}, responses: { ${answers} } }
    patch: { operationId: change, requestBody: ${body}, responses: { ${answers} } }
components: { schemas: { Tune: { type: object, required: [id], properties: { id: { type: string, pattern: '^[A-Za-z]+$' }, key: { type: string } } } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('id-case', 'read')[0]).toBe('kept');
  expect(verdictOf('id-case', 'change')).toEqual(['not-applicable', 'a PUT may have put something there']);
});

test('a path parameter in a style that the client does not write is not covered', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /maps/{tile}:
    get:
      operationId: tile
      parameters: [{ name: tile, in: path, required: true, style: matrix, schema: { type: string }, example: a }]
      responses: { '204': { description: Read. } }
  /maps: { get: { operationId: maps, responses: { '204': { description: Read. } } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'tile')).toEqual([
    'not-covered',
    "the client doesn't write tile in the style 'matrix'",
  ]);
});

test('a schema that no value fits is one fault of the document, and an operation that has to answer with one is not covered', async () => {
  const { found, faults, verdictOf } = await checkFake(`
paths:
  /shelves: { get: { operationId: list, responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Shelf' } } } } } } } }
  /shelves/{id}:
    get:
      operationId: read
      parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: a }]
      responses: { '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } } } }
components: { schemas: { Shelf: { type: object, required: [id, width], properties: { id: { type: string }, width: { type: integer, minimum: 5, maximum: 3 } } } } }
`);
  expect(found).toEqual([]);
  expect(faults).toEqual([
    '#/components/schemas/Shelf/properties/width no value fits: minimum 5 is above maximum 3',
  ]);
  expect(verdictOf('succeeds', 'list')[0]).toBe('kept');
  expect(verdictOf('succeeds', 'read')[1]).toMatch(/^no value was found that fits the schema of read at #/);
});

test('items that no list shows are found by the parameters of their path, and no rule asks for values that nobody knows', async () => {
  const parameter = (name: string) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`;
  const error = (status: string) =>
    `'${status}': { description: No., content: { application/json: { schema: { type: object, properties: { status: { type: string } } } } } }`;
  const { found, verdictOf } = await checkFake(`
paths:
  /gardens/{owner}/{garden}:
    get:
      operationId: read
      parameters: [${parameter('owner')}, ${parameter('garden')}]
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Garden' } } } }
        ${error('404')}
  /gardens/{owner}/{garden}/photos/{photo}:
    get:
      operationId: see
      parameters: [${parameter('owner')}, ${parameter('garden')}, ${parameter('photo')}]
      responses:
        '200': { description: It., content: { image/png: {} } }
        ${error('404')}
  /gardens/{owner}/{garden}/compare/{from}...{to}:
    get:
      operationId: compare
      parameters: [${parameter('owner')}, ${parameter('garden')}, ${parameter('from')}, ${parameter('to')}]
      responses: { '204': { description: Done. } }
  /gardens/{owner}/{garden}/notes:
    post:
      operationId: note
      parameters: [${parameter('owner')}, ${parameter('garden')}]
      responses: { '204': { description: Done. }, ${error('422').trim()} }
  /plants:
    get:
      operationId: find
      parameters: [{ name: page, in: query, schema: { type: integer, default: 1 } }]
      responses:
        '200': { description: All., content: { application/json: { schema: { type: object, properties: { plants: { type: array, items: { type: string } } } } } } }
        ${error('422')}
components:
  schemas:
    Garden: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'read')[0]).toBe('kept');
  expect(verdictOf('unknown-id', 'read')[0]).toBe('kept');
  expect(verdictOf('unknown-id', 'see')[0]).toBe('kept');
  expect(verdictOf('bad-cursor', 'find')[0]).toBe('kept');
});

test('sample data for a path is not used where its ids do not fit the document', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /users:
    get:
      operationId: list
      responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/User' } } } } } }
  /users/{id}:
    get:
      operationId: read
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }, '404': { description: None. } }
components:
  schemas:
    User: { type: object, required: [id], properties: { id: { type: integer }, groups: { enum: [] } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'read')[0]).toBe('kept');
});

test('a header that the answer repeats is not taken for a version; each status has its own headers, each item its media type; an item is deleted once', async () => {
  const note = '{ $ref: "#/components/schemas/Note" }';
  const id = '{ name: id, in: path, required: true, schema: { type: string, format: uuid } }';
  const { found, verdictOf } = await checkFake(`
paths:
  /trace:
    get:
      operationId: trace
      parameters: [{ name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }]
      responses: { '200': { description: It., headers: { X-Trace: { required: true, schema: { type: string, format: uuid } }, X-Sizes: { required: true, schema: { type: array, items: { type: integer }, minItems: 2 } } } } }
  /maybe:
    post:
      operationId: maybe
      responses:
        '200': { description: Done., content: { application/json: { schema: { type: object } } } }
        '201': { description: Made., headers: { Location: { required: true, schema: { type: string, format: uri-reference } } } }
  /notes/{id}:
    get:
      operationId: read
      parameters: [${id}]
      responses: { '200': { description: It., content: { application/hal+json: { schema: ${note} } } }, '404': { description: None. } }
    delete:
      operationId: remove
      parameters: [${id}]
      requestBody: { content: { application/json: { schema: { type: object, properties: { why: { type: string } } } } } }
      responses: { '200': { description: It., content: { application/hal+json: { schema: ${note} } } }, '404': { description: None. } }
components:
  schemas:
    Note: { type: object, required: [id], properties: { id: { type: string, format: uuid } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'trace')[0]).toBe('kept');
  expect(verdictOf('succeeds', 'remove')[0]).toBe('kept');
});

test('an operation that declares no success is not covered by the fake', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /old:
    get: { operationId: read, responses: { '204': { description: Read. } } }
    delete: { operationId: remove, responses: { '404': { description: None. } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'remove')).toEqual([
    'not-covered',
    'the document declares no success of remove',
  ]);
});

const answer = (schema: string, more = '') =>
  `{ description: It.${more}, content: { application/json: { schema: ${schema} } } }`;
const inPath = (name: string, schema = '{ type: string }') =>
  `{ name: ${name}, in: path, required: true, schema: ${schema} }`;

test('objects of several kinds are kept as they were sent; names, parts of a path segment and texts of digits are read as the document says', async () => {
  const pet = '{ $ref: "#/components/schemas/Pet" }';
  const label = '{ $ref: "#/components/schemas/Label" }';
  const labels = `[${inPath('owner')}, ${inPath('name')}]`;
  const page = '{ name: page, in: query, schema: { type: string } }';
  const position = '{ type: number, minimum: -90, maximum: 90 }';
  const { found, verdictOf } = await checkFake(`
paths:
  /pets:
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: ${pet} } } }
      responses: { '201': ${answer(pet)} }
  /pets/{id}:
    get: { operationId: read, parameters: [${inPath('id')}], responses: { '200': ${answer(pet)}, '404': { description: None. } } }
  /owners/{owner}/labels:
    get: { operationId: labels, parameters: [${inPath('owner')}, ${page}], responses: { '200': ${answer(`{ type: array, items: ${label} }`)}, '404': { description: None. } } }
    post: { operationId: label, parameters: [${inPath('owner')}], requestBody: { required: true, content: { application/json: { schema: ${label} } } }, responses: { '201': ${answer(label)}, '404': { description: None. } } }
  /owners/{owner}/labels/{name}:
    get: { operationId: see, parameters: ${labels}, responses: { '200': ${answer(label)}, '404': { description: None. } } }
    patch: { operationId: paint, parameters: ${labels}, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { color: { type: string }, size: { type: [number, string] } } } } } }, responses: { '200': ${answer(label)}, '404': { description: None. } } }
  /near/{lat},{lon}:
    get: { operationId: near, parameters: [${inPath('lat', position)}, ${inPath('lon', position)}], responses: { '200': ${answer(`{ type: array, items: ${label} }`)} } }
  /caf%C3%A9s: { get: { operationId: cafes, responses: { '200': ${answer('{ type: object, properties: { id: { type: string } } }')} } } }
  /signs: { get: { operationId: signs, parameters: [{ name: page, in: query, schema: { type: integer } }], responses: { '200': ${answer('{ type: array, items: { type: object, properties: { value: {} } } }')} } } }
components:
  schemas:
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Cat: { type: object, required: [kind, lives], properties: { id: { type: string, readOnly: true }, kind: { const: cat }, lives: { type: integer, minimum: 1 } } }
    Dog: { type: object, required: [kind], properties: { id: { type: string, readOnly: true }, kind: { const: dog }, breed: { type: string } } }
    Label: { type: object, required: [id, name], properties: { id: { type: integer, readOnly: true }, name: { type: string }, color: { type: string }, size: { type: string } } }
`);
  expect(found).toEqual([]);
  for (const operation of ['add', 'read', 'labels', 'see', 'paint', 'near', 'cafes', 'signs'])
    expect([operation, verdictOf('succeeds', operation)[0]]).toEqual([operation, 'kept']);
  expect(verdictOf('created-kept', 'add')[0]).toBe('kept');
  expect(verdictOf('list-retrievable', 'see')[0]).toBe('kept');
  expect(verdictOf('change-kept', 'paint')[0]).toBe('kept');
});

test('a path may answer with an item or with a list, and a change may succeed where a PUT may have made the item before', async () => {
  const file = '{ $ref: "#/components/schemas/File" }';
  const { found, verdictOf } = await checkFake(`
paths:
  /folders/{folder}/files/{path}:
    get: { operationId: read, parameters: [${inPath('folder')}, ${inPath('path')}], responses: { '200': ${answer(`{ oneOf: [{ type: array, items: ${file} }, ${file}] }`)}, '404': { description: None. } } }
  /machines/{machine}:
    parameters: [${inPath('machine', "{ type: string, pattern: '^[A-Z]+\\d*$' }")}]
    get: { operationId: see, responses: { '200': ${answer('{ $ref: "#/components/schemas/Machine" }')}, default: { description: No. } } }
    put: { operationId: put, requestBody: { required: true, content: { application/json: { schema: { type: object } } } }, responses: { '201': ${answer('{ $ref: "#/components/schemas/Machine" }')}, '200': ${answer('{ $ref: "#/components/schemas/Machine" }')}, default: { description: No. } } }
    patch: { operationId: change, requestBody: { required: true, content: { application/json: { schema: { type: object } } } }, responses: { '200': ${answer('{ $ref: "#/components/schemas/Machine" }')}, default: { description: No. } } }
components:
  schemas:
    File: { type: object, required: [path], properties: { path: { type: string } } }
    Machine: { type: object, required: [id], properties: { id: { type: string, pattern: '^[A-Z]+\\d*$' } } }
`);
  expect(found).toEqual([]);
  for (const operation of ['read', 'put', 'change'])
    expect([operation, verdictOf('succeeds', operation)[0]]).toEqual([operation, 'kept']);
  expect(verdictOf('unknown-id', 'change')).toEqual(['not-applicable', 'a PUT may have put something there']);
  expect(verdictOf('unknown-id', 'see')[0]).toBe('kept');
});

test('sample data for a path is not used where the document finds its items by another field', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /users/{username}:
    get:
      operationId: read
      parameters: [${inPath('username')}]
      responses: { '200': ${answer('{ type: object, required: [id, login], properties: { id: { type: integer }, login: { type: string } } }')}, '404': { description: None. } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('succeeds', 'read')[0]).toBe('kept');
});

test('an action of the sample data is answered with all that the document requires of it', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /evses:
    get: { operationId: list, responses: { '200': ${answer('{ type: array, items: { type: object, required: [id], properties: { id: { type: string } } } }')} } }
  /evses/{evse_id}/reconnect:
    post:
      operationId: reconnect
      parameters: [${inPath('evse_id')}]
      responses: { '201': ${answer('{ type: object, required: [url, until], properties: { url: { type: string, format: uri }, until: { type: string, format: date-time } } }')}, '404': { description: None. } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('body-schema', 'reconnect')[0]).toBe('kept');
});

test('a version header that no answer repeats may have any value', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /notes: { post: { operationId: note, parameters: [{ name: api-version, in: header, schema: { type: string } }], responses: { '204': { description: Noted. } } } }
`);
  expect(found).toEqual([]);
  expect(verdictOf('unsupported-version', 'note')[0]).toBe('not-applicable');
});

test('a Link header has to have only those neighbours that the examples of the document always show', async () => {
  const found = async (example: string) => {
    const text = `openapi: 3.1.0
info: { title: Odd, version: '1' }
servers: [{ url: https://odd.example.com }]
paths:
  /notes:
    get:
      operationId: notes
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses: { '200': ${answer('{ type: array }', `, headers: { Link: { schema: { type: string }, example: '${example}' } }`)} }
`;
    const contract = contractOf(parseOpenApi(text));
    const headers = {
      'content-type': 'application/json',
      link: '<https://odd.example.com/notes?page=2>; rel="next"',
    };
    const violations = await checkExchange({ url: '/notes', status: 200, headers, body: [] }, { contract });
    return violations.map(({ expected }) => expected);
  };
  expect(await found('<https://a/?page=2>; rel="next", <https://a/?page=9>; rel="last"')).toEqual([]);
  expect(await found('<https://a/?page=2>; rel="next", <about:blank>; rel="prev"')).toEqual([
    'a link with rel="previous"',
  ]);
});

test('an object of optional fields may be empty, a header may hold an object, a 204 has no media type, and one value may be text or a list', async () => {
  const { found, verdictOf } = await checkFake(`
paths:
  /meters:
    get:
      operationId: meters
      parameters: [{ name: pageable, in: query, required: true, schema: { type: object, properties: { page: { type: integer } } } }, { name: box, in: query, explode: false, schema: { type: object, properties: { x: { type: integer } } } }]
      responses: { '200': { description: All., headers: { X-Size: { required: true, schema: { type: object, required: [width], properties: { width: { type: integer } } } } }, content: { application/json: { schema: { type: [string, array, 'null'] } } } }, '400': { description: No. } }
  /codes:
    get: { operationId: none, responses: { '204': { description: Never., content: { application/json: { schema: { type: string } } } } } }
    post:
      operationId: code
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [code], properties: { code: { type: string, pattern: '\\A[a-z]{3}\\z' }, odd: { type: string, pattern: '[unclosed' } } } } } }
      responses: { '204': { description: Kept. }, '400': { description: No. } }
`);
  expect(found).toEqual([]);
  for (const operation of ['meters', 'none', 'code'])
    expect([operation, verdictOf('succeeds', operation)[0]]).toEqual([operation, 'kept']);
  expect(verdictOf('body-bounds', 'code')[0]).toBe('kept');
});

test('the start page of an API may link to other servers, but to its own collections only on its own', async () => {
  const contract = contractOf(
    parseOpenApi(`openapi: 3.1.0
info: { title: Odd, version: '1' }
servers: [{ url: https://odd.example.com/v1 }]
paths:
  /: { get: { operationId: start, responses: { '200': ${answer('{ type: object }')} } } }
  /notes: { get: { operationId: notes, responses: { '200': ${answer('{ type: array }')} } } }
`),
  );
  const found = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const violations = await checkExchange({ url: '/v1/', status: 200, headers, body }, { contract });
    return violations.map(({ where }) => where);
  };
  const icon = 'https://cdn.example.com/v1/icon.png';
  expect(await found({ notes: 'https://odd.example.com/v1/notes/', icon })).toEqual([]);
  expect(await found({ notes: 'https://other.example.com/v1/notes/', icon })).toEqual(['body /notes']);
});

test('sample users are not used where their ids do not fit the document, and an id that the caller chooses is kept', async () => {
  const order =
    '{ type: object, required: [id, rows], properties: { id: { type: integer }, rows: { type: integer } } }';
  const { found, verdictOf } = await checkFake(`
paths:
  /users/{userId}/friends:
    get: { operationId: friends, parameters: [{ name: userId, in: path, required: true, schema: { type: integer } }], responses: { '200': ${answer('{ type: object }')} } }
  /orders:
    get: { operationId: orders, responses: { '200': ${answer(`{ type: array, items: ${order} }`)} } }
    post:
      operationId: order
      requestBody: { required: true, content: { application/json: { schema: ${order}, example: { id: 7, rows: 2 } } } }
      responses: { '201': ${answer(order)} }
`);
  expect(found).toEqual([]);
  for (const operation of ['friends', 'orders', 'order'])
    expect([operation, verdictOf('succeeds', operation)[0]]).toEqual([operation, 'kept']);
  expect(verdictOf('created-answers', 'order')[0]).toBe('kept');
});

test('a single thing below an object may be missing unless the object links to it; a list below it is always there', async () => {
  const below = (id: string, schema: string) => `
  /notes/{id}/${id}: { get: { operationId: ${id}, parameters: [${inPath('id')}], responses: { '200': ${answer(schema)}, '404': { description: None. } } } }`;
  const contract = contractOf(
    parseOpenApi(`openapi: 3.1.0
info: { title: Odd, version: '1' }
servers: [{ url: https://odd.example.com }]
security: []
paths:
  /notes: { get: { operationId: notes, responses: { '200': ${answer('{ type: array, items: { $ref: "#/components/schemas/Note" } }')} } } }
  /notes/{id}: { get: { operationId: note, parameters: [${inPath('id')}], responses: { '200': ${answer('{ $ref: "#/components/schemas/Note" }')}, '404': { description: None. } } } }
${below('author', '{ type: object }')}${below('draft', '{ type: object }')}${below('lines', '{ type: array, items: { type: object } }')}
components: { schemas: { Note: { type: object, required: [id], properties: { id: { type: string }, author: { type: string, format: uri } } } } }
`),
  );
  const fake = await createFake({
    document: contract.document,
    record: false,
    tamper: (response, { call }) => {
      if (/author|draft|lines/.test(call?.operation.path ?? ''))
        Object.assign(response, { status: 404, body: undefined });
    },
  });
  const target = { ...inProcess(fake, contract), name: 'live' as const, own: false };
  const { violations, verdicts } = await check({ contract, rules, target });
  await fake.close();
  const missing = violations.filter(({ rule }) => rule === 'succeeds').map(({ operation }) => operation);
  expect(missing).toEqual(['author', 'lines']);
  const draft = verdicts.find(({ rule, operation }) => rule === 'succeeds' && operation === 'draft');
  expect(draft?.reason).toBe('404: nothing says that there is one below each id');
});

test('an address without the base path, which an example of a body shows, is no fault of who keeps it', async () => {
  const pot = `{ id: pot01, url: 'https://odd.example.com/v1/pots/pot01', plant: 'https://odd.example.com/v1/plants/p01' }`;
  const { found, verdictOf } = await checkFake(
    `
paths:
  /pots:
    get:
      operationId: list
      responses: { '200': { description: Pots., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pot' } }, example: [${pot}] } } } }
    post:
      operationId: add
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { plant: { type: string, format: uri } } }
            example: { plant: 'https://odd.example.com/plants/p02' }
      responses: { '201': { description: The pot., content: { application/json: { schema: { $ref: '#/components/schemas/Pot' }, example: ${pot} } } } }
  /pots/{pot_id}:
    parameters: [{ name: pot_id, in: path, required: true, schema: { type: string, pattern: '^pot\\w+$' }, example: pot01 }]
    get:
      operationId: read
      responses: { '200': { description: A pot., content: { application/json: { schema: { $ref: '#/components/schemas/Pot' }, example: ${pot} } } } }
  /plants/{plant_id}:
    parameters: [{ name: plant_id, in: path, required: true, schema: { type: string, pattern: '^p\\w+$' }, example: p01 }]
    get:
      operationId: plant
      responses: { '200': { description: A plant., content: { application/json: { schema: { $ref: '#/components/schemas/Plant' }, example: { id: p01 } } } } }
components:
  schemas:
    Pot:
      type: object
      required: [id, url]
      properties:
        id: { type: string, pattern: '^pot\\w+$' }
        url: { type: string, format: uri }
        plant: { anyOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Plant' }] }
    Plant: { type: object, properties: { id: { type: string } } }
`,
    'https://odd.example.com/v1',
  );
  expect(found).toEqual([]);
  expect(verdictOf('references-here', 'read')[0]).toBe('kept');
});
