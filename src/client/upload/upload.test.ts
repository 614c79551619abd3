import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseOpenApi } from '../../document/index.js';
import { ApiError, ConfigurationError, ConnectionError } from '../../index.js';
import { startFake } from '../../testing/index.js';
import { ClientCore } from '../client-core.js';
import type { EvEnergyOptions, Fetch } from '../options.js';
import { type OperationTable, rowsOf } from '../resource/operation-row.js';
import { type Core, resourceClass } from '../resource/resource.js';
import type { UploadFile, UploadOptions } from './file.js';

const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Letters, version: '1.0' }
paths:
  /letters:start:
    post:
      operationId: start
      parameters: [{ name: urgent, in: query, schema: { type: boolean } }]
      x-upload: { method: upload, url: target, finish: finish, id: id, file_name: title }
      requestBody: { content: { application/json: { schema: { type: object, properties: { title: { type: string }, to: { type: string } } } } } }
      responses:
        '201':
          description: Announced.
          content: { application/json: { schema: { type: object, required: [id, target], properties: { id: { type: string }, target: { type: string, format: uri } } } } }
  /letters/{letter_id}:
    get:
      operationId: read
      parameters: [{ name: letter_id, in: path, required: true, schema: { type: string, pattern: '^letter\\d{4}$' } }]
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Letter' } } } }
  /letters/{letter_id}:finish:
    post:
      operationId: finish
      parameters: [{ name: letter_id, in: path, required: true, schema: { type: string, pattern: '^letter\\d{4}$' } }]
      responses:
        '200': { description: Sent., content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } } }
components:
  schemas:
    Letter: { type: object, required: [id], properties: { id: { type: string, pattern: '^letter\\d{4}$' }, title: { type: string }, to: { type: string } } }
`);

/** As it is generated. */
const ENTRIES: OperationTable = {
  start: {
    op: 'POST /letters:start',
    id: 'start',
    query: 'urgent',
    body: true,
    upload: {
      method: 'upload',
      finish: { op: 'POST /letters/{letter_id}:finish', id: 'finish' },
      url: 'target',
      id: 'id',
      fileName: 'title',
    },
  },
};
interface Letters {
  upload(file: UploadFile, body?: object, params?: object, options?: UploadOptions): Promise<{ id: string }>;
}
const Letters = resourceClass(rowsOf(ENTRIES)) as new (core: Core) => Letters;

const bytes = new TextEncoder().encode('Dear all,');
const streamOf = (...parts: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

async function start() {
  const fake = await startFake({ document });
  onTestFinished(() => fake.close());
  const upload = (file: unknown, body?: object, options?: UploadOptions, client: EvEnergyOptions = {}) => {
    const { fetcher } = new ClientCore({
      baseUrl: fake.url,
      accessToken: fake.token,
      maxRetries: 0,
      ...client,
    });
    return new Letters(fetcher).upload(file as UploadFile, body, { urgent: true }, options);
  };
  const steps = () => fake.requests.map(({ method, path }) => `${method} ${path.replace(/\w+\?sig.*/, '…')}`);
  return { fake, upload, steps };
}

/** A store of files of another server, which keeps what it gets. */
async function storeOf(answers: readonly number[]) {
  const received: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    response.writeHead(answers[received.length - 1] ?? 200).end('<Error>secret-signature</Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/file?signature=secret-signature`;
  return { received, url };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Has the fake name another server's address for the file. */
async function startWith(answers: readonly number[]) {
  const store = await storeOf(answers);
  const started = await start();
  const { fake } = started;
  const { handlers } = fake.world;
  for (const [operation, handle] of handlers) {
    if (operation.id === 'start') {
      const elsewhere = (call: Parameters<typeof handle>[0]) => {
        const answer = handle(call);
        return { ...answer, body: { ...(answer.body as object), target: store.url } };
      };
      (handlers as Map<typeof operation, typeof handle>).set(operation, elsewhere);
    }
    if (operation.id === 'finish') {
      const fine = () => ({ status: 200, body: { id: 'letter0001' } });
      (handlers as Map<typeof operation, typeof handle>).set(operation, fine);
    }
  }
  return { ...started, store };
}

describe('an upload', () => {
  it.each<[string, () => UploadFile, string | undefined]>([
    ['a File', () => new File([bytes], 'letter.txt', { type: 'text/plain' }), 'letter.txt'],
    ['a Blob', () => new Blob([bytes], { type: 'text/plain' }), undefined],
    ['a Uint8Array', () => bytes, undefined],
    ['a part of a larger buffer', () => new TextEncoder().encode('“Dear all,”').subarray(3, -3), undefined],
    ['an ArrayBuffer', () => bytes.slice().buffer, undefined],
    [
      'a stream',
      () => ({ stream: streamOf(bytes.slice(0, 4), bytes.slice(4)), size: 9, name: 'letter.txt' }),
      'letter.txt',
    ],
  ])('announces, sends and confirms %s', async (_, make, name) => {
    const { fake, upload, steps } = await start();
    await upload(make(), { to: 'everybody' });
    expect(steps()).toEqual([
      'POST /letters:start?urgent=true',
      'PUT /uploads/…',
      expect.stringMatching(/^POST \/letters\/letter\d{4}:finish$/),
    ]);
    expect(JSON.parse(fake.requests[0]?.body ?? '')).toEqual({
      to: 'everybody',
      ...(name ? { title: name } : {}),
    });
    const [, id = ''] = /letters\/(.+):finish$/.exec(steps().at(-1) ?? '') ?? [];
    expect(new TextDecoder().decode(fake.uploads.get(id)?.bytes)).toBe('Dear all,');
  });

  it('sends neither the token nor a header of the client to the other server, and its length with a stream', async () => {
    const { upload, store } = await startWith([]);
    await upload({ stream: streamOf(bytes), size: 9, type: 'text/plain' }, {}, { user: 'user01' });
    const [request] = store.received;
    expect(request).toMatchObject({
      method: 'PUT',
      path: '/bucket/file?signature=secret-signature',
      body: 'Dear all,',
    });
    const {
      host: _,
      connection,
      accept,
      'accept-language': language,
      'accept-encoding': encoding,
      'sec-fetch-mode': mode,
      'user-agent': agent,
      ...own
    } = request?.headers ?? {};
    expect(own).toEqual({ 'content-type': 'text/plain', 'content-length': '9' });
    expect(agent).not.toContain('ev-energy-client');
    void [connection, accept, language, encoding, mode];
  });

  it('sends a file again where the other server fails, and a stream never', async () => {
    const { upload, store } = await startWith([503, 200, 503]);
    await upload(new Blob([bytes]));
    expect(store.received.map(({ body }) => body)).toEqual(['Dear all,', 'Dear all,']);
    const error = await upload({ stream: streamOf(bytes), size: 9 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(store.received).toHaveLength(3);
  });

  it('does not confirm a file that was refused, and shows nothing that lets one send to its address', async () => {
    const { upload, steps } = await startWith([403]);
    const error = await upload(bytes).catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 403, operationId: 'start', method: 'PUT' });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('secret-signature');
    expect(steps()).toEqual(['POST /letters:start?urgent=true']);
  });

  it('follows no redirect of the other server', async () => {
    const { upload, store } = await startWith([307]);
    await expect(upload(bytes)).rejects.toMatchObject({ status: 307 });
    expect(store.received).toHaveLength(1);
  });

  it('fails where a stream gives another length than was said', async () => {
    const { upload, steps } = await start();
    await expect(upload({ stream: streamOf(bytes), size: 8 })).rejects.toBeInstanceOf(ConnectionError);
    expect(steps().filter((step) => step.includes(':finish'))).toEqual([]);
  });

  it.each([
    [undefined, 'file: must be a File, a Blob, bytes, or { stream, size }'],
    ['a path', 'file: must be a File, a Blob, bytes, or { stream, size }'],
    [streamOf(bytes), 'file: must be a File, a Blob, bytes, or { stream, size }'],
    [{ stream: streamOf(bytes) }, 'file: size must be the number of bytes that the stream gives'],
    [{ stream: streamOf(bytes), size: 1.5 }, 'file: size must be the number of bytes that the stream gives'],
  ])('refuses %j before anything is sent', async (file, message) => {
    const { upload, steps } = await start();
    const error = await upload(file).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain(message);
    expect(steps()).toEqual([]);
  });

  it.each([0, 2 ** 31, '5s'])('refuses a timeout of %j before anything is sent', async (timeout) => {
    const { upload, steps } = await start();
    const options = { timeout } as UploadOptions;
    await expect(upload(bytes, {}, options)).rejects.toThrow(/^timeout: .* is not a number of milliseconds/);
    expect(steps()).toEqual([]);
  });

  it('ends in time where the transport pays no heed to its signal', async () => {
    const { upload } = await start();
    const deaf: Fetch = (url, init) =>
      init.method === 'PUT' ? new Promise(() => {}) : globalThis.fetch(url, init);
    const sending = upload(bytes, {}, { timeout: 20 }, { fetch: deaf });
    await expect(sending).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends when it is told to, and when its time is over', async () => {
    const { upload } = await start();
    const stuck = () => ({ stream: new ReadableStream<Uint8Array>(), size: 9 });
    await expect(upload(stuck(), {}, { timeout: 20 })).rejects.toMatchObject({ name: 'TimeoutError' });
    const reason = new Error('The user has gone');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(upload(stuck(), {}, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('the fake', () => {
  it('confirms no file that has not come, and lets nobody send one without the right address or with a token', async () => {
    const { fake } = await start();
    const headers = { authorization: `Bearer ${fake.token}`, 'content-type': 'application/json' };
    const begun = await fetch(`${fake.url}/letters:start`, {
      method: 'POST',
      headers,
      body: '{"title":"a"}',
    });
    const { id, target } = (await begun.json()) as { id: string; target: string };
    const finish = () => fetch(`${fake.url}/letters/${id}:finish`, { method: 'POST', headers });
    expect((await finish()).status).toBe(400);
    const send = (url: string, init: RequestInit) => fetch(url, { method: 'PUT', body: 'x', ...init });
    expect((await send(target, { headers })).status).toBe(400);
    expect((await send(target.replace(/\?.*/, ''), {})).status).toBe(403);
    expect((await send(target, { body: streamOf(bytes), duplex: 'half' } as RequestInit)).status).toBe(411);
    expect((await send(target, {})).status).toBe(200);
    expect((await finish()).status).toBe(200);
  });
});
