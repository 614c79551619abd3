import { expect, test } from 'vitest';
import { createFake } from '../index.js';

const document = (servers: string) => `
openapi: 3.1.0
info: { title: Lamps, version: '1' }
servers: ${servers}
paths:
  /lamps: { get: { operationId: list-lamps, security: [], responses: { '204': { description: None. } } } }
`;

test('the fake has the paths of the live server, also where the document names a mock first', async () => {
  const mock = '{ url: https://docs.example.com/_mock/lamps }';
  const live = '{ url: https://api.example.com/v1 }';
  for (const [servers, path] of [
    [`[${mock}, ${live}]`, '/v1'],
    [`[${mock}]`, '/_mock/lamps'],
  ] as const) {
    const fake = await createFake({ document: document(servers) });
    expect(new URL(fake.url).pathname).toBe(path);
    expect((await fake.fetch(`${fake.url}/lamps`)).status).toBe(204);
  }
});
