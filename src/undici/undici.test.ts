import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent, EnvHttpProxyAgent, MockAgent } from 'undici';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { anyCall } from '../../scripts/test/any-call.js';
import { EVSE, fakeApi } from '../../scripts/test/fake.js';
import { type Reply, serve } from '../../scripts/test/http-server.js';
import { selfSigned } from '../../scripts/test/servers/self-signed.js';
import {
  ConfigurationError,
  ConnectionError,
  EvEnergy,
  type EvEnergyOptions,
  TimeoutError,
} from '../index.js';
import { cutBody, reset } from '../testing/index.js';
import { type UndiciTransportOptions, undiciTransport } from './index.js';

function client(baseUrl: string, options: UndiciTransportOptions = {}, more: EvEnergyOptions = {}): EvEnergy {
  const fetch = undiciTransport(options);
  onTestFinished(() => fetch.close());
  return new EvEnergy({ baseUrl, accessToken: 'secret-token', maxRetries: 0, ...more, fetch });
}

/** A text as zstd writes it: one raw block. */
function zstd(text: string): Buffer {
  const bytes = Buffer.from(text);
  const last = 1 + bytes.length * 8;
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, last, 0, 0, ...bytes]);
}

describe('a call over undici', () => {
  test('does what it does over fetch: pages, tokens and retries', async () => {
    const fake = await fakeApi();
    const fetch = undiciTransport();
    onTestFinished(() => fetch.close());
    const { url: baseUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, clientId, clientSecret, fetch, backoff: { initial: 1, max: 1 } });
    fake.faults.next(reset());
    fake.faults.next(cutBody());
    const logs = await ev.evses.statusLogs.list(EVSE, { expand: ['evse.model'] }).toArray();
    expect(logs).toHaveLength(300);
    expect(logs[0]?.evse.model.name).toBeTruthy();
    const page = await ev.evseMakes.list({ page_size: 2 });
    expect(page.response).toBeInstanceOf(Response);
    expect(page.response.url).toMatch(/page_size=2$/);
    await expect(ev.evseMakes.retrieve('emak00000000000000000000000000')).rejects.toMatchObject({
      name: 'NotFoundError',
      problem: { status: 404 },
    });
  });

  test('hands out the standard Response, whose body streams', async () => {
    const { url } = await serve(() => ({ body: { a: 1 }, headers: { 'x-own': 'one' } }));
    const ev = client(url);
    const raw = await anyCall(ev, 'GET', '/x').asResponse();
    expect(raw).toBeInstanceOf(Response);
    expect([raw.status, raw.headers.get('x-own'), raw.url]).toEqual([200, 'one', `${url}/x`]);
    expect(await raw.json()).toEqual({ a: 1 });
    const { response } = await anyCall(ev, 'GET', '/x').withResponse();
    expect(await response.json()).toEqual({ a: 1 });
    const { data } = await ev.api.GET('/evse_makes', { parseAs: 'blob' });
    expect(await data?.text()).toBe('{"a":1}');
  });

  test.each([
    ['JSON', { a: 1 }, 'application/json', '{"a":1}'],
    ['a form', new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
    ['a Blob', new Blob(['hi'], { type: 'image/png' }), 'image/png', 'hi'],
    ['bytes', new Uint8Array([104, 105]), undefined, 'hi'],
  ])('sends %s', async (_, body, type, text) => {
    const server = await serve(() => ({ body: {} }));
    await (
      client(server.url).api as unknown as { POST: (path: string, init: object) => Promise<unknown> }
    ).POST('/x', { body });
    expect(server.requests[0]?.headers['content-type']).toBe(type);
    expect(server.requests[0]?.body).toBe(text);
  });

  test('sends a multipart form with its boundary', async () => {
    const server = await serve(() => ({ body: {} }));
    const form = new FormData();
    form.append('name', 'own');
    const { POST } = client(server.url).api as unknown as {
      POST: (path: string, init: object) => Promise<unknown>;
    };
    await POST('/x', { body: form });
    expect(server.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.requests[0]?.body).toContain('name="name"\r\n\r\nown');
  });

  test('follows no redirect', async () => {
    const other = await serve(() => ({ body: {} }));
    const { url } = await serve(() => ({ status: 302, headers: { location: other.url } }));
    await expect(anyCall(client(url), 'GET', '/x')).rejects.toMatchObject({ status: 302 });
    expect(other.requests).toHaveLength(0);
  });

  test('is ended by its time limit and by a signal, before the answer and within its body', async () => {
    const slow = await serve(({ path }) =>
      path === '/body' ? { body: { a: 1 }, bodyDelay: 60_000 } : { body: {}, delay: 60_000 },
    );
    for (const path of ['/answer', '/body']) {
      await expect(anyCall(client(slow.url), 'GET', path, { timeout: 100 })).rejects.toThrow(TimeoutError);
      const controller = new AbortController();
      const call = anyCall(client(slow.url), 'GET', path, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error('enough')), 50);
      await expect(call).rejects.toThrow('enough');
    }
    await expect.poll(() => slow.aborted).toHaveLength(4);
  });

  test('is ended by a signal that aborts while its form is written', async () => {
    const server = await serve(() => ({ body: {}, delay: 60_000 }));
    const form = new FormData();
    form.append('file', new Blob(['text']));
    const controller = new AbortController();
    const { POST } = client(server.url).api as unknown as {
      POST: (path: string, init: object) => Promise<unknown>;
    };
    const call = POST('/x', { body: form, signal: controller.signal });
    // Some steps later the form is being read.
    for (let step = 0; step < 10; step += 1) await undefined;
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await POST('/x', { timeout: 100 }).catch(() => {});
    expect(server.requests).toHaveLength(1);
  });

  test('is seen by a spy that stands in for its transport', async () => {
    const { url } = await serve(() => ({ body: {} }));
    const fetch = undiciTransport();
    onTestFinished(() => fetch.close());
    const spy = vi.fn(fetch);
    const ev = new EvEnergy({ baseUrl: url, fetch: spy });
    await anyCall(ev, 'GET', '/x');
    expect(spy).toHaveBeenCalledWith(`${url}/x`, expect.objectContaining({ method: 'GET' }));
  });

  test('makes no AbortSignal, which costs more than all else of a time limit', async () => {
    const { url } = await serve(() => ({ body: {} }));
    const made = vi.spyOn(globalThis, 'AbortController');
    onTestFinished(() => made.mockRestore());
    await anyCall(client(url), 'GET', '/x');
    expect(made).not.toHaveBeenCalled();
    await anyCall(client(url), 'GET', '/x').asResponse();
    expect(made).toHaveBeenCalled();
  });

  test('is a ConnectionError without a server, and where the answer is cut', async () => {
    await expect(anyCall(client('http://127.0.0.1:9'), 'GET', '/x')).rejects.toThrow(ConnectionError);
    const cut = await serve(() => ({ cut: 'within', body: { some: 'text' } }));
    await expect(anyCall(client(cut.url), 'GET', '/x')).rejects.toThrow(ConnectionError);
    const bad = await serve(() => ({ status: 404, cut: 'within', body: { some: 'text' } }));
    await expect(anyCall(client(bad.url), 'GET', '/x')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a compressed answer is decoded:', () => {
  const text = '{"a":"ä"}';
  const twice = brotliCompressSync(gzipSync(text));

  test.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', twice],
    ['zstd', zstd(text)],
    ['identity', Buffer.from(text)],
  ])('%s', async (encoding, bytes) => {
    const { url } = await answering({ 'content-encoding': encoding }, bytes);
    const ev = client(url);
    expect(await anyCall(ev, 'GET', '/x')).toEqual({ a: 'ä' });
    expect(await (await anyCall(ev, 'GET', '/x').asResponse()).json()).toEqual({ a: 'ä' });
    const { data } = await ev.api.GET('/evse_makes', { parseAs: 'arrayBuffer' });
    expect(new TextDecoder().decode(data)).toBe(text);
  });

  test('one of a few bytes, too', async () => {
    const { url } = await answering({ 'content-encoding': 'zstd' }, zstd('{}'));
    expect(await anyCall(client(url), 'GET', '/x')).toEqual({});
  });

  test.each([
    ['gzip', gzipSync(text)],
    ['zstd', zstd(text)],
  ])('one that is broken is a ConnectionError: %s', async (encoding, bytes) => {
    // Not JSON, so that only the decoder notices.
    const headers = { 'content-encoding': encoding, 'content-type': 'text/plain' };
    const { url } = await answering(headers, bytes.subarray(0, bytes.length - 3));
    await expect(anyCall(client(url), 'GET', '/x')).rejects.toThrow(ConnectionError);
  });

  test('is asked for, unless the caller asks for another', async () => {
    const server = await serve(() => ({ body: {} }));
    await anyCall(client(server.url), 'GET', '/x');
    expect(server.requests[0]?.headers['accept-encoding']).toMatch(/^gzip, deflate, br/);
    await anyCall(client(server.url), 'GET', '/x', { headers: { 'accept-encoding': 'identity' } });
    expect(server.requests[1]?.headers['accept-encoding']).toBe('identity');
  });
});

describe('a proxy', () => {
  let tls: Awaited<ReturnType<typeof selfSigned>>;
  beforeAll(async () => {
    tls = await selfSigned();
  });

  /** An API behind TLS. */
  async function secureApi(): Promise<string> {
    const server = createTlsServer(tls, (_, answer) => {
      answer.setHeader('content-type', 'application/json').end('{"secure":true}');
    });
    return `https://localhost:${await listening(server)}`;
  }

  test('is one line, and the answer comes through its tunnel', async () => {
    const proxy = await startProxy();
    const ev = client(await secureApi(), { proxy: proxy.url, tls: { ca: tls.cert } });
    expect(await anyCall(ev, 'GET', '/x')).toEqual({ secure: true });
    expect(proxy.connects).toHaveLength(1);
    expect(JSON.stringify(proxy.connects)).not.toContain('secret-token');
  });

  test('gets the user name and the password of its URL', async () => {
    const proxy = await startProxy('me:pass word');
    const url = proxy.url.replace('//', '//me:pass%20word@');
    const ev = client(await secureApi(), { proxy: url, tls: { ca: tls.cert } });
    expect(await anyCall(ev, 'GET', '/x')).toEqual({ secure: true });
  });

  test.each(['https', 'http'])(
    'that refuses with 407 is named for %s, without its password',
    async (scheme) => {
      const proxy = await startProxy('me:right');
      const { url: plain } = await serve(() => ({ body: {} }));
      const api = scheme === 'https' ? await secureApi() : plain;
      const ev = client(api, {
        proxy: proxy.url.replace('//', '//me:wrong-password@'),
        tls: { ca: tls.cert },
      });
      const error = await anyCall(ev, 'GET', '/x').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(String(error)).toContain(`the proxy ${proxy.url} refused with 407`);
      expect(String(error)).toContain('as user:password before an @ and its host');
      expect(String(error)).not.toContain('wrong-password');
    },
  );

  test.each([
    ['https', 'URL'],
    ['http', 'URL'],
    ['https', 'environment'],
    ['http', 'environment'],
  ])(
    'that hangs up is named for %s, and not asked again at once, where it is given by %s',
    async (scheme, by) => {
      let connects = 0;
      const server = createServer();
      server.on('connect', (_, socket: Socket) => {
        connects += 1;
        socket.destroy();
      });
      const proxy = `http://127.0.0.1:${await listening(server)}`;
      const url = proxy.replace('//', '//me:password@');
      onTestFinished(() => void vi.unstubAllEnvs());
      for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, url);
      const ev = client(`${scheme}://localhost/v2`, { proxy: by === 'URL' ? url : by });
      const error = await anyCall(ev, 'GET', '/x').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(String(error)).toContain(`the proxy ${proxy} ended the connection before it answered`);
      expect(connects).toBe(1);
    },
  );

  test('of the environment is passed by for what NO_PROXY names', async () => {
    const proxy = await startProxy();
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, proxy.url);
    const api = await secureApi();
    const options: UndiciTransportOptions = { proxy: 'environment', tls: { ca: tls.cert } };
    expect(await anyCall(client(api, options), 'GET', '/x')).toEqual({ secure: true });
    expect(proxy.connects).toHaveLength(1);
    vi.stubEnv('no_proxy', 'localhost,127.0.0.1');
    expect(await anyCall(client(api, options), 'GET', '/x')).toEqual({ secure: true });
    expect(proxy.connects).toHaveLength(1);
  });

  test('of the environment is known to EnvHttpProxyAgent', async () => {
    const proxy = await startProxy();
    const agent = new EnvHttpProxyAgent({
      httpProxy: proxy.url,
      httpsProxy: proxy.url,
      requestTls: { ca: tls.cert },
    });
    onTestFinished(() => agent.close());
    expect(await anyCall(client(await secureApi(), { proxy: agent }), 'GET', '/x')).toEqual({ secure: true });
    expect(proxy.connects).toHaveLength(1);
  });

  test('is not needed for TLS of one’s own', async () => {
    const api = await secureApi();
    await expect(anyCall(client(api), 'GET', '/x')).rejects.toThrow(ConnectionError);
    expect(await anyCall(client(api, { tls: { ca: tls.cert } }), 'GET', '/x')).toEqual({ secure: true });
  });
});

test('a MockAgent takes the place of the server', async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
  agent
    .get('https://api.ev.energy')
    .intercept({ path: '/v2/evse_makes/emak1' })
    .reply(200, { id: 'emak1' }, { headers: { 'content-type': 'application/json' } });
  const ev = client('https://api.ev.energy/v2', { dispatcher: agent });
  expect(await ev.evseMakes.retrieve('emak1')).toEqual({ id: 'emak1' });
});

test("interceptors of the caller's dispatcher get the request's signal", async () => {
  const { url } = await serve(() => ({ body: { a: 1 } }));
  let signal: unknown;
  const agent = new Agent().compose((dispatch) => (options, handler) => {
    ({ signal } = options as { signal?: unknown });
    return dispatch(options, handler);
  });
  onTestFinished(() => agent.close());
  expect(await anyCall(client(url, { dispatcher: agent }), 'GET', '/x')).toEqual({ a: 1 });
  expect(signal).toBeInstanceOf(AbortSignal);
});

test('connections are bounded where it is asked for', async () => {
  let open = 0;
  let most = 0;
  const server = await serve(async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    open -= 1;
    return { body: {} };
  });
  const ev = client(server.url, { connections: 2 });
  await Promise.all(Array.from({ length: 8 }, () => anyCall(ev, 'GET', '/x')));
  expect(most).toBe(2);
});

test.each([
  [{ proxi: 'x' }, /^proxi: there is no such option; did you mean proxy\?$/],
  [{ agent: 'x' }, /^agent: there is no such option; there are connections, dispatcher, keep.*, proxy, tls$/],
  [{ proxy: null }, /^proxy: is not the URL of an HTTP proxy/],
  [{ tls: 'ca' }, /^tls: is not an object/],
  [{ dispatcher: 5 }, /^dispatcher.request: is not a function/],
  [{ proxy: 'secret@nowhere' }, /^proxy: is not the URL of an HTTP proxy(?!.*secret)/],
  [{ proxy: 'socks5://127.0.0.1:1' }, /^proxy: is not the URL/],
  [{ connections: 0 }, /^connections: 0 is not a whole number/],
  [{ keepAliveTimeout: NaN }, /^keepAliveTimeout: NaN is not/],
  [{ dispatcher: new MockAgent(), connections: 1 }, /^connections: can't be given with a dispatcher/],
  [{ proxy: new MockAgent(), tls: {} }, /^proxy: is a dispatcher/],
])('the options %o are refused by name', (options, message) => {
  expect(() => undiciTransport(options as never)).toThrow(ConfigurationError);
  expect(() => undiciTransport(options as never)).toThrow(message);
});

/** A server that answers with these bytes. */
async function answering(
  headers: NonNullable<Reply['headers']>,
  bytes: Uint8Array,
): Promise<{ url: string }> {
  const server = createServer((_, answer) => answer.writeHead(200, headers).end(bytes));
  return { url: `http://127.0.0.1:${await listening(server)}` };
}

/** A proxy on loopback, which requires these credentials if there are any. */
async function startProxy(credentials?: string): Promise<{ url: string; connects: unknown[] }> {
  const connects: unknown[] = [];
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((_, answer) => answer.writeHead(407).end());
  server.on('connect', ({ headers, url = '' }, socket: Socket) => {
    connects.push(headers);
    if (wanted && headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const [host, port] = url.split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(socket);
      socket.pipe(target);
    });
    for (const one of [socket, target]) one.on('error', () => {});
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, connects };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
