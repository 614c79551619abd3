import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { serve } from '../../../scripts/test/http-server.js';
import { ConnectionError, EvEnergy, type Fetch, TimeoutError } from '../../index.js';

/** What a call comes to whose own `fetch` does this; what escapes it, vitest counts as an error. */
function calling(fetch: () => unknown, options: object = {}) {
  const own = fetch as typeof globalThis.fetch;
  const backoff = { initial: 1, max: 1 };
  return new EvEnergy({ baseUrl: 'http://127.0.0.1:9', fetch: own, backoff, maxRetries: 1, ...options });
}

/** A response as transports of Node give it: with a stream that has none of the methods of the web's. */
function ofNode(status: number): Response {
  const response = new Response('[]', { status });
  return Object.defineProperty(response, 'body', { value: Readable.from(['[]']) });
}

test.each([
  ['gives nothing', () => Promise.resolve(undefined)],
  ['gives what is no response', () => ({ ok: true })],
  ['fails', () => Promise.reject(new Error('refused'))],
  [
    'throws',
    () => {
      throw new Error('refused');
    },
  ],
])('a call whose fetch %s is rejected with a ConnectionError', async (_, fetch) => {
  await expect(calling(fetch).evseMakes.list()).rejects.toThrow(ConnectionError);
});

test('an own fetch gets a signal, and a body only where there is one', async () => {
  const fetch = vi.fn<Fetch>(async () => Response.json({}));
  const ev = calling(fetch as never);
  await ev.evseMakes.retrieve('a');
  await ev.api.POST('/x' as never, { body: {} } as never);
  const [read, write] = fetch.mock.calls.map(([, init]) => init);
  expect(Object.keys(read ?? {}).sort()).toEqual(['headers', 'method', 'redirect', 'signal']);
  expect(write?.body).toBe('{}');
});

test('a global fetch that throws is no other', async () => {
  const { url } = await serve(() => ({ body: [] }));
  vi.stubGlobal('fetch', () => {
    throw new Error('switched off');
  });
  try {
    const failing = new EvEnergy({ baseUrl: url, maxRetries: 0 }).evseMakes.list();
    await expect(failing).rejects.toThrow(/no complete answer.*switched off/);
  } finally {
    vi.unstubAllGlobals();
  }
});

test.each([
  ['buffers', [new TextEncoder().encode('{"a":').buffer, new TextEncoder().encode('1}').buffer]],
  ['texts', ['{"a":', '1}']],
])('an answer whose stream gives %s in place of bytes is a ConnectionError', async (_, chunks) => {
  const odd = () =>
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  const ev = calling(() => Promise.resolve(new Response(odd())));
  await expect(ev.evseMakes.list()).rejects.toThrow(/no complete answer.*other than bytes$/);
});

test("an answer with a stream of Node's that comes too late harms nobody", async () => {
  let answered: Promise<Response> | undefined;
  const late = () => {
    answered = new Promise((resolve) => setTimeout(() => resolve(ofNode(200)), 60));
    return answered;
  };
  await expect(calling(late, { timeout: 20, maxRetries: 0 }).evseMakes.list()).rejects.toThrow(TimeoutError);
  await answered;
});

test('an answer that comes too late and is being read by others harms nobody', async () => {
  const late = async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const response = new Response('[]');
    response.body?.getReader();
    return response;
  };
  await expect(calling(late, { timeout: 20, maxRetries: 0 }).evseMakes.list()).rejects.toThrow(TimeoutError);
  await new Promise((resolve) => setTimeout(resolve, 80));
});

test("an error whose stream is Node's is read all the same", async () => {
  const ev = calling(() => Promise.resolve(ofNode(503)));
  const { error, response } = await ev.api.GET('/evse_makes');
  expect([response.status, error]).toEqual([503, []]);
});

test('any view of bytes is a part of the body', async () => {
  const parts = [new Uint8Array([0x7b]), new DataView(new Uint8Array([0x22, 0x61, 0x22, 0x3a]).buffer)];
  const body = new ReadableStream({
    start(controller) {
      for (const part of [...parts, new Uint16Array([0x7d31])]) controller.enqueue(part);
      controller.close();
    },
  });
  const headers = new Headers();
  const response = { ok: true, status: 200, headers, body, bodyUsed: false } as Response;
  expect(await calling(async () => response).evseMakes.retrieve('a')).toEqual({ a: 1 });
});

test('a stream of something else is ended', async () => {
  let ended = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue('text'),
    cancel: () => {
      ended = true;
    },
  });
  const response = { ok: true, status: 200, headers: new Headers(), body, bodyUsed: false } as Response;
  const call = calling(async () => response, { maxRetries: 0 }).evseMakes.retrieve('a');
  await expect(call).rejects.toThrow(ConnectionError);
  expect(ended).toBe(true);
});

test('an error whose body someone else reads is decided by its status', async () => {
  const locked = async () => {
    const response = new Response('{}', { status: 404 });
    response.body?.getReader();
    return response;
  };
  await expect(calling(locked).evseMakes.retrieve('a')).rejects.toMatchObject({ status: 404 });
});
