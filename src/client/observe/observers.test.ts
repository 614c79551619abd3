import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, type RequestEvent, type ResponseEvent, type RetryEvent } from '../../index.js';

const backoff = { initial: 1, max: 1 };

async function observed() {
  const server = await serve((_, count) =>
    count === 1 ? { status: 503 } : { body: { fine: true }, delay: 20 },
  );
  const events: [string, RequestEvent | ResponseEvent | RetryEvent][] = [];
  const ev = new EvEnergy({
    baseUrl: server.url,
    accessToken: 'secret-token',
    backoff,
    onRequest: (event) => events.push(['request', event]),
    onResponse: (event) => events.push(['response', event]),
    onRetry: (event) => events.push(['retry', event]),
  });
  return { server, ev, events };
}

describe('observers', () => {
  test('are told of each attempt, its end and each wait, in order', async () => {
    const { server, ev, events } = await observed();
    await ev.evseMakes.retrieve('a');
    expect(events.map(([name, { attempt }]) => `${name} ${attempt}`)).toEqual([
      'request 1',
      'response 1',
      'retry 1',
      'request 2',
      'response 2',
    ]);
    const callId = events[0]?.[1].callId;
    expect(callId).toEqual(expect.any(Number));
    for (const [, event] of events)
      expect(event).toMatchObject({
        callId,
        operationId: 'get-evse_makes-evse_make_id',
        method: 'GET',
        url: `${server.url}/evse_makes/a`,
      });
  });

  test('get events that begin with what they are about, in a log, too', async () => {
    const { ev, events } = await observed();
    await ev.evseMakes.retrieve('a');
    const common = ['callId', 'operationId', 'method', 'url', 'attempt'];
    for (const [, event] of events) expect(Object.keys(event).slice(0, 5)).toEqual(common);
  });

  test('learn status, headers and timing', async () => {
    const { ev, events } = await observed();
    await ev.evseMakes.retrieve('a');
    const [, first, retry, , last] = events.map(([, event]) => event);
    expect(first).toMatchObject({ status: 503, error: undefined });
    expect(retry).toMatchObject({ status: 503, delay: expect.any(Number) });
    expect(last).toMatchObject({ status: 200, headers: expect.any(Headers) });
    expect((last as ResponseEvent).duration).toBeGreaterThan(15);
  });

  test('see no token', async () => {
    const { ev, events } = await observed();
    const headers = { 'X-Api-Key': 'secret-token', 'x-tenant': 'a' };
    await ev.evseMakes.retrieve('a', {}, { headers });
    const request = events[0]?.[1] as RequestEvent;
    const shown = { authorization: '[redacted]', 'x-api-key': '[redacted]', 'x-tenant': 'a' };
    expect(request.headers).toMatchObject({ ...shown, 'evenergy-version': '2' });
    expect(JSON.stringify(events)).not.toContain('secret-token');
  });

  test('learn of attempts without a response', async () => {
    const server = await serve((_, count) => (count === 1 ? { cut: 'before' } : { body: {} }));
    const onResponse = vi.fn();
    const onRetry = vi.fn();
    await new EvEnergy({ baseUrl: server.url, backoff, onResponse, onRetry }).evseMakes.retrieve('a');
    const error = expect.objectContaining({ name: 'ConnectionError' });
    expect(onResponse.mock.calls[0]?.[0]).toMatchObject({ status: undefined, error });
    expect(onRetry.mock.calls[0]?.[0]).toMatchObject({ status: undefined, error });
  });

  test('tell calls apart', async () => {
    const { ev, events } = await observed();
    await Promise.all([
      ev.evseMakes.retrieve('a'),
      ev.withOptions({ timeout: 5_000 }).evseMakes.retrieve('b'),
    ]);
    expect(new Set(events.map(([, { callId }]) => callId)).size).toBe(2);
  });

  test('change nothing, even if they fail', async () => {
    const server = await serve(() => ({ body: { fine: true } }));
    const error = vi.fn();
    const ev = new EvEnergy({
      baseUrl: server.url,
      logger: { debug() {}, info() {}, warn() {}, error },
      onRequest: ({ headers }) => {
        Reflect.set(headers, 'authorization', 'Bearer changed');
        throw new Error('observer broke');
      },
    });
    expect(await ev.evseMakes.retrieve('a')).toEqual({ fine: true });
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(error).toHaveBeenCalledWith('an observer failed: observer broke');
  });

  test('change nothing, even if they are asynchronous and reject', async () => {
    const server = await serve(() => ({ body: { fine: true } }));
    const error = vi.fn();
    const ev = new EvEnergy({
      baseUrl: server.url,
      logger: { debug() {}, info() {}, warn() {}, error },
      onResponse: async () => {
        throw new Error('observer broke later');
      },
    });
    expect(await ev.evseMakes.retrieve('a')).toEqual({ fine: true });
    expect(error).toHaveBeenCalledWith('an observer failed: observer broke later');
  });
});

describe('the log', () => {
  const levels = ['debug', 'info', 'warn', 'error'] as const;

  async function logged(logLevel: 'debug' | 'info' | 'warn' | 'off' | undefined) {
    const server = await serve((_, count) => (count === 1 ? { status: 503 } : { body: [] }));
    const lines: string[] = [];
    const logger = Object.fromEntries(
      levels.map((level) => [level, (text: string) => lines.push(`${level}: ${text}`)]),
    ) as unknown as Console;
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token', backoff, logger, logLevel });
    await ev.evseMakes.retrieve('a');
    return lines.map((line) => line.replaceAll(server.url, '').replace(/[\d.]+ ms/, 'N ms'));
  }

  test('changes nothing, even if the logger fails', async () => {
    const server = await serve((_, count) => (count === 1 ? { status: 503 } : { body: { fine: true } }));
    const broken = vi.fn(() => {
      throw new Error('logger broke');
    });
    const logger = { debug: broken, info: broken, warn: broken, error: broken };
    const ev = new EvEnergy({ baseUrl: server.url, backoff, logger, logLevel: 'debug', onRequest: broken });
    expect(await ev.evseMakes.retrieve('a')).toEqual({ fine: true });
    expect(server.requests).toHaveLength(2);
    expect(broken).toHaveBeenCalledWith(expect.stringContaining(': 200 in '));
  });

  test('has as much as its level says, and no token', async () => {
    const debug = await logged('debug');
    expect(debug).toEqual([
      'debug: GET /evse_makes/a: 503 in N ms',
      'info: GET /evse_makes/a: attempt 1 ended with 503, next in N ms',
      'debug: GET /evse_makes/a: 200 in N ms',
    ]);
    expect(await logged('info')).toEqual([debug[1]]);
    expect(await logged('warn')).toEqual([]);
    expect(await logged('off')).toEqual([]);
  });

  test('has the level of EV_ENERGY_LOG where the options name none', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await logged(undefined)).toEqual([]);
    vi.stubEnv('EV_ENERGY_LOG', ' debug');
    expect(await logged(undefined)).toHaveLength(3);
    expect(await logged('info')).toHaveLength(1);
    vi.stubEnv('EV_ENERGY_LOG', 'verbose');
    expect(() => new EvEnergy()).toThrow(
      "EV_ENERGY_LOG: 'verbose' is not one of debug, info, warn, error, off",
    );
    // A runtime without a process environment.
    vi.stubGlobal('process', undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(() => new EvEnergy()).not.toThrow();
  });
});

test('what a server repeats of the token is in no event', async () => {
  const server = await serve(({ headers }) => ({
    body: [],
    headers: { 'x-echo': String(headers.authorization), 'x-other': 'fine' },
  }));
  let told: ResponseEvent | undefined;
  const onResponse = (event: ResponseEvent) => {
    told = event;
  };
  await new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token', onResponse }).evseMakes.list();
  expect(told?.headers?.get('x-echo')).toBe('Bearer [redacted]');
  expect(told?.headers?.get('x-other')).toBe('fine');
  expect(inspect(told, { depth: 9, getters: true })).not.toContain('secret-token');
});

test.each([
  ['an object without a prototype', Object.create(null)],
  [
    'an error whose message throws',
    Object.defineProperty(new Error(), 'message', {
      get() {
        throw new Error('boo');
      },
    }),
  ],
])('an observer that throws %s changes no call, nor does one that rejects with it', async (_, thrown) => {
  const server = await serve(() => ({ body: [] }));
  const error = vi.fn();
  const logger = { debug() {}, info() {}, warn() {}, error };
  const onRequest = () => {
    throw thrown;
  };
  const onResponse = () => Promise.reject(thrown);
  const ev = new EvEnergy({ baseUrl: server.url, logger, onRequest, onResponse });
  expect((await ev.evseMakes.list()).data).toEqual([]);
  await vi.waitFor(() => expect(error).toHaveBeenCalledTimes(2));
  expect(error).toHaveBeenCalledWith("an observer failed: something that can't be converted to text");
});

test('an observer may give any promise, such as a call of the client that fails', async () => {
  const server = await serve(() => ({ status: 404, body: {} }));
  const messages: string[] = [];
  const error = (message: string) => messages.push(message);
  const logger = { debug() {}, info() {}, warn() {}, error };
  const audit = new EvEnergy({ baseUrl: server.url });
  const onRequest = () => anyCall(audit, 'POST', '/audit');
  const ev = new EvEnergy({ baseUrl: server.url, logger, onRequest });
  await expect(ev.evseMakes.list()).rejects.toMatchObject({ status: 404 });
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  expect(messages[0]).toMatch(/^an observer failed: POST \/audit failed with 404/);
});

test('a logger that fails later changes no call', async () => {
  const server = await serve(() => ({ body: [] }));
  const messages: string[] = [];
  // No mock: that would catch the rejection, which vitest counts as an error where nobody does.
  const error = async (message: string) => {
    messages.push(message);
    throw new Error('no disk');
  };
  const logger = { debug() {}, info() {}, warn() {}, error };
  const onRequest = () => {
    throw new Error('observer');
  };
  await new EvEnergy({ baseUrl: server.url, logger, onRequest }).evseMakes.list();
  expect(messages).toEqual(['an observer failed: observer']);
});
