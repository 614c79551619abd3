import { expect, test } from 'vitest';
import { lookup, type OpenApiDocument, parseOpenApi } from '../../../src/document/index.js';
import { correct } from './correct.js';
import { leaveOut, placeLeftOut } from './left-out.js';

const ANSWERS = { '204': { description: 'Read.' } };

const documentOf = (parts: object) =>
  parseOpenApi(JSON.stringify({ openapi: '3.1.0', info: { version: '1' }, paths: {}, ...parts }));

/** One operation at `/tea/{id}`. */
const operation = (parts: object) => ({
  paths: {
    '/tea/{id}': {
      get: {
        operationId: 'read',
        parameters: [{ name: 'id', in: 'path', required: true, schema: {} }],
        responses: ANSWERS,
        ...parts,
      },
    },
  },
});
const schemas = (all: object) => ({ components: { schemas: all } });

const GET = '#/paths/~1tea~1{id}/get';
const S = '#/components/schemas';

test.each([
  ['a version that is a number', { info: { version: 1 } }, '#/info/version', '1'],
  [
    'a variable of a server without default',
    { servers: [{ url: 'https://{x}.example', variables: { x: { enum: ['a', 'b'] } } }] },
    '#/servers/0/variables/x/default',
    'a',
  ],
  [
    'a default that is not one of the values',
    { servers: [{ url: 'https://{x}.example', variables: { x: { enum: ['a'], default: 'b' } } }] },
    '#/servers/0/variables/x/enum',
    ['a', 'b'],
  ],
  [
    'a flow without scopes',
    {
      components: {
        securitySchemes: { o: { type: 'oauth2', flows: { password: { tokenUrl: 'https://t.example' } } } },
      },
    },
    '#/components/securitySchemes/o/flows/password/scopes',
    {},
  ],
  [
    'an answer without description',
    operation({ responses: { 404: {} } }),
    `${GET}/responses/404/description`,
    'Not Found',
  ],
  [
    'a header without schema',
    operation({ responses: { 200: { description: '', headers: { 'X-A': {} } } } }),
    `${GET}/responses/200/headers/X-A/schema`,
    {},
  ],
  [
    'a parameter as Swagger 2 has it',
    operation({ parameters: [{ name: 'id', in: 'path', required: true, type: 'integer', minimum: 1 }] }),
    `${GET}/parameters/0/schema`,
    { type: 'integer', minimum: 1 },
  ],
  [
    'a path parameter that nothing describes',
    operation({ parameters: [] }),
    `${GET}/parameters/0`,
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  ],
  [
    'an id that another operation has, too',
    { paths: { '/a': { get: { operationId: 'x' } }, '/b/c': { get: { operationId: 'x' } } } },
    '#/paths/~1b~1c/get/operationId',
    'get-b-c',
  ],
  [
    'numbers for texts',
    schemas({ A: { type: 'string', enum: [1.5, true, 'c'] } }),
    `${S}/A/enum`,
    ['1.5', 'true', 'c'],
  ],
  ['texts for numbers', schemas({ A: { type: 'integer', enum: ['1', 2] } }), `${S}/A/enum`, [1, 2]],
  ['a schema that is true', schemas({ A: true }), `${S}/A`, {}],
  [
    'a schema that is false',
    operation({ responses: { 200: { description: '', content: { 'a/b': { schema: false } } } } }),
    `${GET}/responses/200/content/a~1b/schema`,
    { not: {} },
  ],
  [
    'a mapping by name',
    schemas({ A: { discriminator: { propertyName: 't', mapping: { 'b.v1': 'My.B' } } }, 'My.B': {} }),
    `${S}/A/discriminator/mapping/b.v1`,
    `${S}/My.B`,
  ],
  [
    'a mapping by the name of the file',
    schemas({ A: { discriminator: { propertyName: 't', mapping: { b: `./tea.json${S}/B` } } }, B: {} }),
    `${S}/A/discriminator/mapping/b`,
    `${S}/B`,
  ],
])('%s is written as OpenAPI 3.1 asks, and told once', async (_, parts, place, expected) => {
  const { document, corrections } = await correct(documentOf(parts), { actions: [] });
  expect(lookup(document, place)).toEqual(expected);
  expect(corrections.map(({ rule }) => rule)).toEqual(['incomplete']);
  expect((await correct(document, { actions: [] })).corrections).toEqual([]);
});

const wrong = (): OpenApiDocument =>
  documentOf({
    ...operation({
      produces: ['a/b'],
      parameters: [
        { name: 'id', in: 'path' },
        { name: 'other', in: 'path' },
      ],
    }),
    definitions: { Cup: {} },
    ...schemas({
      Tea: { type: 'any', enum: [1, 'a', 'b'], properties: { cup: { $ref: '#/definitions/Cup' } } },
      Kind: { type: 'integer', enum: ['x', 'y'], discriminator: { mapping: { a: '#/nowhere' } } },
    }),
  });

const struct = (message: string, pointer: string) => ({ rule: 'struct', message, pointer });
const noEnum = (pointer: string) => ({ rule: 'no-enum-type-mismatch', message: 'All values …', pointer });

test.each([
  [struct('Property `produces` is not expected here.', `${GET}/produces`), `${GET}/produces`],
  [struct('`type` can be one of the following only: …', `${S}/Tea/type`), `${S}/Tea/type`],
  [struct('The field `url` must be present on this level.', '#/externalDocs'), '#/externalDocs'],
  [struct('The field `content` must be present on this level.', `${GET}/requestBody`), `${GET}/requestBody`],
  [struct('Expected type `array` but got `null`.', `${GET}/tags`), `${GET}/tags`],
  [noEnum(`${S}/Kind/enum/0`), `${S}/Kind/enum/0`],
  [
    {
      rule: 'path-parameters-defined',
      message: 'Path parameter `other` is not used in the path …',
      pointer: `${GET}/parameters/1/name`,
    },
    `${GET}/parameters/1`,
  ],
  [
    {
      rule: 'no-unresolved-refs',
      message: "Can't resolve $ref",
      pointer: `${S}/Kind/discriminator/mapping/a`,
    },
    `${S}/Kind/discriminator/mapping/a`,
  ],
  // With these, more than the mistake would be lost.
  [struct('Property `definitions` is not expected here.', '#/definitions'), undefined],
  [struct('Property `GET` is not expected here.', '#/paths/~1tea~1{id}/GET'), undefined],
  [struct('Property `tea` is not expected here.', '#/paths/tea'), undefined],
  [struct('The field `title` must be present on this level.', '#/info'), undefined],
  [struct('`in` can be one of the following only: …', `${GET}/parameters/0/in`), undefined],
  [struct('`type` can be one of the following only: …', '#/components/securitySchemes/o/type'), undefined],
  [
    { rule: 'no-unresolved-refs', message: "Can't resolve $ref", pointer: `${S}/Tea/properties/cup` },
    undefined,
  ],
])('what is left out for %j is %s', (problem, place) => {
  expect(placeLeftOut(wrong(), { severity: 'error', ...problem })).toBe(place);
});

test('what is left out leaves nothing empty behind, and is told with its reason', () => {
  const document = wrong();
  const problems = [
    noEnum(`${S}/Kind/enum/0`),
    noEnum(`${S}/Kind/enum/1`),
    struct('`type` can be one of the following only: …', `${S}/Tea/type`),
  ];
  const told = leaveOut(
    document,
    problems.map((problem) => ({ severity: 'error' as const, ...problem })),
  );
  expect(lookup(document, `${S}/Kind`)).not.toHaveProperty('enum');
  expect(lookup(document, `${S}/Tea`)).not.toHaveProperty('type');
  expect(told.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([
    `left out ${S}/Kind/enum/0`,
    `left out ${S}/Kind/enum/1`,
    `left out ${S}/Tea/type`,
  ]);
});
