import { expect, test } from 'vitest';
import type { Verdict } from '../src/contract/model/verdict.js';
import { parseOpenApi } from '../src/document/index.js';
import type { FakeOptions } from '../src/testing/index.js';
import { checkChanged } from './kit.js';

/** Two operations, each with a scope of its own. */
const operation = (id: string, scope: string) => `
    ${id}:
      operationId: ${id}-door
      security: [{ oauth2: ['${scope}'] }]
      responses:
        '200': { description: Done., content: { application/json: { schema: { type: object }, example: {} } } }
        '403': { $ref: '#/components/responses/Problem' }`;
const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Doors, version: '1.0' }
servers: [{ url: https://doors.example.com/v1 }]
paths:
  /door:${operation('get', 'door:read')}${operation('post', 'door:write')}
components:
  securitySchemes:
    oauth2:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: https://doors.example.com/o/token/, scopes: { 'door:read': '', 'door:write': '' } }
  responses:
    Problem:
      description: What went wrong.
      content: { application/problem+json: { schema: { type: object }, example: { title: Forbidden, status: 403 } } }
`);
const door = () => ({ status: 200, body: {} });
const data = () => ({ tables: [], answers: { 'GET /door': door, 'POST /door': door } });

async function verdicts(behaviours: NonNullable<FakeOptions['behaviours']> = {}): Promise<Verdict[]> {
  const result = await checkChanged({ document, data, behaviours });
  return result.verdicts.filter(({ rule }) => rule === 'missing-scope');
}

test('each operation is asked with a token that lacks its scope, also the one of the rarest scope', async () => {
  expect((await verdicts()).map(({ operation, state }) => [operation, state])).toEqual([
    ['get-door', 'kept'],
    ['post-door', 'kept'],
  ]);
  const broken = await verdicts({ requireScopes: () => () => {} });
  expect(broken.map(({ state }) => state)).toEqual(['broken', 'broken']);
});
