/** The same tests against a fake in process and one behind a socket: callers see no difference. */
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { EvEnergy } from '../../index.js';
import { cutBody, type Fake, type FakeOptions, latency, reset, unavailable } from '../index.js';
import { createFake, startFake } from '../start.js';

const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';

describe.each([
  ['in process', createFake, (fake: Fake) => fake.fetch],
  ['behind a socket', startFake, () => globalThis.fetch],
])('a fake %s', (_, make, fetchOf) => {
  let fake: Fake | undefined;
  afterEach(() => fake?.close());

  async function start(options: FakeOptions = {}) {
    const made = await make(options);
    fake = made;
    const fetch = fetchOf(made);
    const headers = { authorization: `Bearer ${made.token}` };
    return { fake: made, fetch, get: (path: string) => fetch(`${made.url}${path}`, { headers }) };
  }

  it('serves a client: tokens, pages, writing, errors', async () => {
    const { fake, fetch } = await start();
    const { url: baseUrl, tokenUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, tokenUrl, clientId, clientSecret, fetch });
    const logs = [];
    for await (const log of ev.evses.statusLogs.list(EVSE, { page_size: 100 })) logs.push(log.sampled_at);
    expect(logs).toHaveLength(300);
    await ev.evses.update(EVSE, { location: { latitude: 51, longitude: 0 } });
    expect((await ev.evses.retrieve(EVSE)).location).toEqual({ latitude: 51, longitude: 0 });
    await expect(ev.evses.retrieve(`evse${'0'.repeat(26)}`)).rejects.toMatchObject({ status: 404 });
    expect(fake.requests.map(({ endpoint, status }) => `${endpoint} ${status}`)).toEqual([
      'token 200',
      ...Array.from({ length: 5 }, () => 'api 200'),
      'api 404',
    ]);
  });

  it('lets a client live through what goes wrong', async () => {
    const { fake, fetch } = await start();
    const ev = new EvEnergy({
      baseUrl: fake.url,
      accessToken: fake.token,
      fetch,
      backoff: { initial: 1 },
    });
    fake.faults.next(reset()).next(cutBody()).next(unavailable());
    expect((await ev.evses.retrieve(EVSE)).id).toBe(EVSE);
    expect(fake.requests.map(({ status }) => status)).toEqual([undefined, 200, 503, 200]);
  });

  it('breaks the connection before an answer', async () => {
    const { fake, get } = await start();
    fake.faults.next(reset());
    const error = await get('/evse_makes').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: expect.any(String) } });
  });

  it('breaks the connection in the middle of a body, when its beginning has come', async () => {
    const { fake, get } = await start();
    fake.faults.next(cutBody());
    const response = await get('/evse_makes');
    expect(response.status).toBe(200);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.byteLength).toBeGreaterThan(100);
    await expect(
      (async () => {
        while (!(await reader?.read())?.done);
      })(),
    ).rejects.toThrow('terminated');
  });

  it('answers late, and lets a caller end the waiting', async () => {
    const { fake, fetch } = await start();
    fake.faults.next(latency(60)).next(latency(Number.POSITIVE_INFINITY));
    const before = performance.now();
    expect((await fetch(`${fake.url}/evse_makes`)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${fake.url}/evse_makes`, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(fetch(`${fake.url}/evse_makes`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('follows redirects within itself, unless told otherwise', async () => {
    const { fake, fetch } = await start({
      tamper: (response, { request }) => {
        if (request.url.pathname === '/v2/old') {
          Object.assign(response, { status: 302, headers: { Location: `/v2/evse_makes?page_size=3` } });
        }
      },
    });
    const followed = await fetch(`${fake.url}/old`, { method: 'POST', body: 'text' });
    expect([followed.url, followed.redirected]).toEqual([`${fake.url}/evse_makes?page_size=3`, true]);
    expect(await followed.json()).toHaveLength(3);
    expect(fake.requests.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST text', 'GET ']);
    const manual = await fetch(`${fake.url}/old`, { redirect: 'manual' });
    expect([manual.status, manual.headers.get('location')]).toEqual([302, '/v2/evse_makes?page_size=3']);
    await expect(fetch(`${fake.url}/old`, { redirect: 'error' })).rejects.toThrow('fetch failed');
  });

  it('refuses a body that is too long, and reads a stream', async () => {
    const { fake, fetch } = await start();
    const patch = (body: BodyInit) =>
      fetch(`${fake.url}/evses/${EVSE}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${fake.token}`, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit);
    expect((await patch('x'.repeat(21_000_000))).status).toBe(413);
    const streamed = await patch(new Blob([JSON.stringify({ location: null })]).stream());
    expect(await streamed.json()).toMatchObject({ location: null });
  });

  it('shows a mistake in a behaviour as 500 with its stack', async () => {
    const { get } = await start({
      behaviours: {
        collect: () => () => {
          throw new TypeError('mistaken');
        },
      },
    });
    const response = await get('/evse_makes');
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('TypeError: mistaken');
  });

  it('counts callers without a token by their address, and all callers in process as one', async () => {
    const { fake, fetch } = await start({ rateLimit: { anonymous: 1 } });
    const status = async () => (await fetch(`${fake.url}/evse_makes`)).status;
    expect([await status(), await status()]).toEqual([200, 429]);
  });

  it('answers nobody once it is closed', async () => {
    const { fake, fetch } = await start();
    fake.faults.next(latency(Number.POSITIVE_INFINITY));
    const waiting = fetch(`${fake.url}/evse_makes`).catch(() => undefined);
    await fake.close();
    await waiting;
    await expect(fetch(`${fake.url}/evse_makes`)).rejects.toThrow('fetch failed');
  });
});

it('a fetch in process reaches its own fake alone: a token goes nowhere else', async () => {
  const fake = await createFake();
  await expect(fake.fetch('https://api.example.com/v2/evse_makes')).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { code: 'ENOTFOUND', message: expect.stringContaining('https://api.example.com') },
  });
});

it('a listening fake has a port, and answers in process as well', async () => {
  await using fake = await startFake({ port: 0 });
  expect(fake.url).toBe(`http://127.0.0.1:${fake.port}/v2`);
  expect((await fake.fetch(`${fake.url}/evse_makes`)).status).toBe(200);
});

it('a document may be given as text', async () => {
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Empty', version: '1' }, paths: {} });
  for (const document of [text, text.replaceAll(',', ',\n')]) {
    const fake = await createFake({ document, data: () => ({ tables: [] }) });
    expect((await fake.fetch(`${fake.url}/nowhere`)).status).toBe(404);
  }
});

it('the core needs web standards only: what Node alone has is in the server and in reading a document', async () => {
  const { metafile } = await build({
    entryPoints: ['src/testing/build.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
  });
  const inputs = Object.entries(metafile.inputs);
  const needNode = inputs.filter(([, { imports }]) => imports.some(({ path }) => path.startsWith('node:')));
  expect(needNode.map(([file]) => file).filter((file) => !file.startsWith('src/document/'))).toEqual([]);
  expect(inputs.some(([file]) => file.endsWith('node-server.ts'))).toBe(false);
});
