import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { EVSE, faultyWalk } from '../../../scripts/test/fake.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import {
  ConfigurationError,
  ConnectionError,
  EvEnergy,
  type EvEnergyOptions,
  RateLimitError,
  ServerError,
  TimeoutError,
} from '../../index.js';

/** A server that gives these answers in turn, the last again and again, and a client of it. */
async function answering(replies: Reply[], options: EvEnergyOptions = {}) {
  const server = await serve((_, count) => replies[count - 1] ?? replies.at(-1) ?? {});
  const backoff = { initial: 1, max: 1 };
  return { server, ev: new EvEnergy({ baseUrl: server.url, accessToken: 'secret', backoff, ...options }) };
}

const ok: Reply = { body: { fine: true } };

describe('retries', () => {
  test.each([
    ['GET', { status: 429 }],
    ['POST', { status: 429 }],
    ['GET', { status: 503 }],
    ['GET', { status: 500, body: '<html>' }],
    ['GET', { cut: 'before' as const }],
    ['GET', { cut: 'within' as const, body: { some: 'text' } }],
  ])('%s after %o', async (method, reply) => {
    const { server, ev } = await answering([reply, reply, ok]);
    expect(await anyCall(ev, method, '/things')).toEqual({ fine: true });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    { status: 503 },
    { cut: 'before' as const },
    { cut: 'within' as const, body: { some: 'text' } },
  ])('not of an unsafe method after %o: it may have had its effect', async (reply) => {
    const { server, ev } = await answering([reply, ok]);
    await expect(anyCall(ev, 'POST', '/things', { body: {} })).rejects.toThrow();
    expect(server.requests).toHaveLength(1);
  });

  test('by its status of an error whose body is cut', async () => {
    const cut = { cut: 'within' as const, body: { title: 'some text' } };
    const limited = await answering([{ ...cut, status: 429 }, ok]);
    expect(await anyCall(limited.ev, 'POST', '/things', { body: {} })).toEqual({ fine: true });
    const bad = await answering([{ ...cut, status: 400 }, ok]);
    await expect(anyCall(bad.ev, 'GET', '/things')).rejects.toMatchObject({ status: 400 });
    const tokens = ['old', 'new'];
    const accessToken = () => tokens.shift() ?? 'none';
    const expired = await answering([{ ...cut, status: 401 }, ok], { accessToken });
    expect(await anyCall(expired.ev, 'GET', '/things')).toEqual({ fine: true });
    expect(expired.server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  test('by its status of an error whose body never ends', async () => {
    const stalled = { body: { title: 'some text' }, bodyDelay: 60_000 };
    const options = { timeout: 200, maxRetries: 1 };
    const bad = await answering([{ ...stalled, status: 404 }], options);
    await expect(anyCall(bad.ev, 'GET', '/x')).rejects.toMatchObject({ status: 404 });
    expect(bad.server.requests).toHaveLength(1);
    await expect.poll(() => bad.server.aborted).toHaveLength(1);
    const limited = await answering([{ ...stalled, status: 429 }, ok], options);
    expect(await anyCall(limited.ev, 'POST', '/x', { body: {} })).toEqual({ fine: true });
    const later = { ...stalled, status: 429, headers: { 'retry-after': '120' } };
    const { ev, server } = await answering([later], options);
    await expect(anyCall(ev, 'GET', '/x')).rejects.toMatchObject({ retryAfter: 120 });
    expect(server.requests).toHaveLength(1);
  });

  test('send the body again', async () => {
    const { server, ev } = await answering([{ status: 429 }, ok]);
    await anyCall(ev, 'POST', '/things', { body: { a: 'ä' } });
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":"ä"}', '{"a":"ä"}']);
  });

  test('end after maxRetries, of the client or of the call', async () => {
    const { server, ev } = await answering([{ status: 503 }], { maxRetries: 2 });
    await expect(ev.evseMakes.list()).rejects.toThrow(ServerError);
    expect(server.requests).toHaveLength(3);
    await expect(ev.evseMakes.list({}, { maxRetries: 0 })).rejects.toThrow(ServerError);
    expect(server.requests).toHaveLength(4);
  });

  test('wait no longer than maxRetryWait: the error comes at once and says for how long to wait', async () => {
    const { server, ev } = await answering([{ status: 429, headers: { 'retry-after': '61' } }]);
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 61, message: expect.stringContaining('Wait 61 s') });
    expect(server.requests).toHaveLength(1);
  });

  test('wait as long as Retry-After says', async () => {
    const { ev } = await answering([{ status: 429, headers: { 'retry-after': '1' } }, ok]);
    const start = performance.now();
    await anyCall(ev, 'GET', '/things');
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  test('reuse the connection of the failed attempt', async () => {
    const ports = new Set<number | undefined>();
    const { createServer } = await import('node:http');
    let count = 0;
    const server = createServer((request, response) => {
      ports.add(request.socket.remotePort);
      count += 1;
      response.writeHead(count < 4 ? 503 : 200);
      response.end(count < 4 ? 'x'.repeat(100_000) : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const ev = new EvEnergy({ baseUrl: `http://127.0.0.1:${port}`, backoff: { initial: 20, max: 20 } });
    await anyCall(ev, 'GET', '/things');
    server.close();
    expect(ports.size).toBe(1);
  });
});

describe('abort', () => {
  test.each([
    ['a request', [{ ...ok, delay: 5_000 }]],
    ['a body', [{ ...ok, bodyDelay: 5_000 }]],
    ['a wait', [{ status: 429, headers: { 'retry-after': '30' } }, ok]],
  ])('ends %s at once, with its reason', async (_, replies) => {
    const { server, ev } = await answering(replies);
    const start = performance.now();
    const controller = new AbortController();
    const call = anyCall(ev, 'GET', '/things', { signal: controller.signal });
    call.catch(() => {});
    await expect.poll(() => server.requests).toHaveLength(1);
    controller.abort(new Error('changed my mind'));
    await expect(call).rejects.toThrow('changed my mind');
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(server.requests).toHaveLength(1);
  });

  test('before the call sends nothing', async () => {
    const { server, ev } = await answering([ok]);
    await expect(ev.evseMakes.list({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(server.requests).toHaveLength(0);
  });

  test('leaves no listener on a signal that lives longer', async () => {
    const { ev } = await answering([{ status: 503 }, ok]);
    const { signal } = new AbortController();
    const counts = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      counts.added += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      counts.removed += 1;
      removeEventListener.apply(signal, args);
    };
    await anyCall(ev, 'GET', '/things', { signal });
    expect(counts.added).toBeGreaterThan(0);
    expect(counts.removed).toBe(counts.added);
  });
});

describe('timeout', () => {
  test('is for each attempt, its body included', async () => {
    const { server, ev } = await answering([{ ...ok, delay: 5_000 }, { ...ok, bodyDelay: 5_000 }, ok], {
      timeout: 100,
    });
    expect(await anyCall(ev, 'GET', '/things')).toEqual({ fine: true });
    expect(server.requests).toHaveLength(3);
  });

  test('of the last attempt is a TimeoutError that says what to set', async () => {
    const { ev } = await answering([{ ...ok, delay: 5_000 }]);
    const error = await ev.evseMakes
      .list({}, { timeout: 50, maxRetries: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toMatch(/took longer than 50 ms; set timeout/);
  });

  test('of an unsafe method is not repeated', async () => {
    const { server, ev } = await answering([{ ...ok, delay: 5_000 }], { timeout: 500 });
    await expect(anyCall(ev, 'POST', '/things')).rejects.toThrow(TimeoutError);
    expect(server.requests).toHaveLength(1);
  });
});

test.each([
  ['the client', { timeout: 30_000 }, {}],
  ['the call', {}, { timeout: 30_000 }],
])(
  'a time limit that %s sets ends the request itself, also one that is as long as the default',
  async (_, set, call) => {
    const signals: unknown[] = [];
    const fetch = async (_url: string, { signal }: RequestInit) => {
      signals.push(signal);
      return Response.json([]);
    };
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', fetch, ...set });
    for (let count = 0; count < 2; count += 1) await ev.evseMakes.list({}, call);
    expect(signals).toEqual([expect.any(AbortSignal), expect.any(AbortSignal)]);
  },
);

describe('a token source whose reject() is asynchronous', () => {
  const refusing = async () =>
    serve(({ headers }) => ({ ...ok, status: headers.authorization?.endsWith('new') ? 200 : 401 }));

  test('is waited for before its token is asked for again', async () => {
    const { url } = await refusing();
    let token = 'old';
    const reject = async () => {
      await sleep(20);
      token = 'new';
    };
    const ev = new EvEnergy({ baseUrl: url, auth: { token: () => token, reject } });
    expect(await anyCall(ev, 'GET', '/x')).toEqual({ fine: true });
  });

  test('fails the call with its error', async () => {
    const { url } = await refusing();
    const reject = async () => {
      throw new Error('the vault is shut');
    };
    const ev = new EvEnergy({ baseUrl: url, auth: { token: () => 'old', reject } });
    await expect(anyCall(ev, 'GET', '/x')).rejects.toThrow('the vault is shut');
  });
});

test('a transport that throws what cannot be looked at fails its call', async () => {
  const fetch = async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    throw proxy;
  };
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', fetch, maxRetries: 0 });
  await expect(ev.evseMakes.list()).rejects.toThrow(ConnectionError);
});

describe('redirects', () => {
  test('are never followed, and the token goes nowhere else', async () => {
    const other = await serve(() => ok);
    const { ev } = await answering([{ status: 307, headers: { location: `${other.url}/x?secret=1` } }]);
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 307 });
    expect(String(error)).toContain(`here to ${other.url})`);
    expect(String(error)).not.toContain('secret=1');
    expect(other.requests).toHaveLength(0);
  });
});

describe('without credentials', () => {
  test('public operations work, without a token', async () => {
    const { server, ev } = await answering([{ body: [] }], { accessToken: undefined });
    await ev.evseMakes.list();
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('others fail before any request, and say what to set', async () => {
    const { server, ev } = await answering([{ body: [] }], { accessToken: undefined });
    const error = await ev.evses.statusLogs.list(EVSE).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    for (const name of [
      'accessToken',
      'clientId',
      'clientSecret',
      'EV_ENERGY_ACCESS_TOKEN',
      'EV_ENERGY_CLIENT_ID',
    ])
      expect(String(error)).toContain(name);
    expect(server.requests).toHaveLength(0);
  });

  test('a call may bring its own authorization, or none', async () => {
    const { server, ev } = await answering([{ body: [] }]);
    await ev.evseMakes.list({}, { headers: { Authorization: 'Bearer other' } });
    await ev.evseMakes.list({}, { headers: { authorization: null } });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer other', undefined]);
  });
});

test('a walk with every 4th request failing is complete, in order, without duplicate', async () => {
  const { retries, times } = await faultyWalk({ logs: 5_000, oneIn: 4 });
  expect(retries).toBeGreaterThan(9);
  expect(times).toHaveLength(5_000);
  expect(times).toEqual([...new Set(times)].sort().reverse());
}, 60_000);
