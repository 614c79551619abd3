import { describe, expect, it } from 'vitest';
import { ClientCore } from '../client-core.js';

/** Sends a body with an operation that takes ten bytes, and gives what went over the wire. */
async function send(body: unknown, type = 'application/json'): Promise<unknown[]> {
  const sent: unknown[] = [];
  const { fetcher } = new ClientCore({
    baseUrl: 'https://api.example',
    accessToken: 'any',
    fetch: async (_, init) => {
      sent.push(init.body);
      return new Response(null, { status: 204 });
    },
  });
  const operation = { id: 'write', method: 'POST', path: '/notes', body: type, maxBody: 10 };
  const call = { operation, path: {}, query: undefined, headers: undefined, options: undefined };
  await fetcher.send({ ...call, body });
  return sent;
}

describe('a body that the document bounds', () => {
  it('is sent where it fits, counted in bytes', async () => {
    expect(await send({ a: 1234 })).toEqual(['{"a":1234}']);
    expect(await send('x'.repeat(10), 'text/plain')).toHaveLength(1);
  });

  it.each([
    [{ a: 12345 }, 'application/json', 11],
    ['ü'.repeat(6), 'text/plain', 12],
    [new Blob(['x'.repeat(11)]), 'application/octet-stream', 11],
    [new Uint8Array(12), 'application/octet-stream', 12],
  ])('is refused before it is sent where it is larger: %j', async (body, type, size) => {
    await expect(send(body, type)).rejects.toThrow(`body: has ${size} bytes, of at most 10`);
  });
});
