import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConnectionError, EvEnergy } from '../../index.js';

/** What a call comes to whose transport fails with this. */
async function errorOf(failing: (init: RequestInit) => unknown): Promise<ConnectionError> {
  const fetch = (_: string, init: RequestInit) => Promise.reject(failing(init));
  const logged: unknown[] = [];
  const log = (...values: unknown[]) => logged.push(...values);
  const ev = new EvEnergy({
    baseUrl: 'http://127.0.0.1:9',
    accessToken: 'secret/token',
    fetch,
    backoff: { initial: 1, max: 1 },
    maxRetries: 1,
    logLevel: 'debug',
    logger: { debug: log, info: log, warn: log, error: log },
    onResponse: ({ error }) => logged.push(error),
    onRetry: ({ error }) => logged.push(error),
  });
  const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConnectionError);
  for (const shown of [error, logged])
    expect(inspect(shown, { depth: 12, showHidden: true })).not.toMatch(/secret.{1,3}token/);
  expect((error as Error).stack).not.toMatch(/secret.{1,3}token/);
  expect(Object.keys(error as object)).not.toContain('cause');
  return error as ConnectionError;
}

const failed = (more: object) => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }, more);

test.each([
  ['its own words', ({ headers }: RequestInit) => new Error(`sent ${JSON.stringify(headers)}`)],
  ['its cause', () => new Error('failed', { cause: new Error('sent Bearer secret/token') })],
  ['its config', ({ headers }: RequestInit) => failed({ config: { headers } })],
  ['a Headers of it', ({ headers }: RequestInit) => failed({ headers: new Headers(headers) })],
  ['a Request of it', (init: RequestInit) => failed({ request: new Request('http://127.0.0.1/', init) })],
  ['a Map of it', ({ headers }: RequestInit) => failed({ sent: new Map(Object.entries(headers ?? {})) })],
  ['something that is no error', ({ headers }: RequestInit) => ({ headers })],
  ['a text', () => 'secret/token'],
  [
    'a URL of it',
    ({ headers }: RequestInit) => failed({ url: new URL(`http://x/?${JSON.stringify(headers)}`) }),
  ],
  ['a query of it', (init: RequestInit) => failed({ query: new URLSearchParams(init.headers as never) })],
  ['a function of it', ({ headers }: RequestInit) => failed({ retry: Object.assign(() => {}, { headers }) })],
  [
    'a getter',
    ({ headers }: RequestInit) =>
      failed(Object.defineProperty({}, 'sent', { get: () => headers, enumerable: true })),
  ],
  ['its own JSON', ({ headers }: RequestInit) => failed({ request: { toJSON: () => headers } })],
  [
    'its own inspection',
    ({ headers }: RequestInit) => failed({ request: { [inspect.custom]: () => headers } }),
  ],
  ['a property name', () => failed({ tokens: { 'secret/token': 1 } })],
  ['a String object', () => failed({ token: new String('secret/token') })],
  ['a symbol', () => failed({ token: Symbol('secret/token') })],
  ["a property's symbol", () => failed({ [Symbol('secret/token')]: 1 })],
  ['a Symbol object', () => failed({ token: Object(Symbol('secret/token')) })],
  ['an iterator', () => failed({ rest: new Map([['token', 'secret/token']]).values() })],
])("the token isn't in a transport's error that holds it in %s", async (_, failing) => {
  const error = await errorOf(failing);
  expect(error.cause).toBeInstanceOf(Error);
});

test("the cause keeps name, code and message of the transport's error, and those of its own causes", async () => {
  const cause = failed({
    name: 'AxiosError',
    config: { headers: {} },
    port: 9,
    cause: new TypeError('no route'),
  });
  expect((await errorOf(() => cause)).cause).toMatchObject({
    name: 'AxiosError',
    code: 'ECONNRESET',
    message: 'socket hang up',
    port: 9,
    stack: cause.stack,
    cause: { name: 'TypeError', message: 'no route' },
  });
});

test('the cause of several attempts to connect says what the first of them came to', async () => {
  const attempts = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:1`));
  const refused = Object.assign(new AggregateError(attempts), { code: 'ECONNREFUSED' });
  const { message, cause } = await errorOf(() => new TypeError('fetch failed', { cause: refused }));
  expect(message).toMatch(/: fetch failed \(connect ECONNREFUSED ::1:1\)$/);
  expect(cause).toMatchObject({ cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED ::1:1' } });
});

test('an error that is its own cause ends all the same', async () => {
  const own: Error = failed({});
  own.cause = own;
  expect((await errorOf(() => own)).cause).toMatchObject({ message: 'socket hang up' });
});

test.each([
  ['without a message', () => Object.assign(new Error(), { message: undefined })],
  ['whose message is an object', () => Object.assign(new Error(), { message: {} })],
  ['without a text', () => Object.create(null)],
  [
    'whose text throws',
    () => ({
      toString() {
        throw new Error('no text');
      },
    }),
  ],
  [
    'that throws when it is looked at',
    () =>
      new Proxy(new Error('x'), {
        ownKeys() {
          throw new Error('no keys');
        },
      }),
  ],
  ['that is large', () => Object.assign(new Error('x'), { all: new Set(Array(200_000).keys()) })],
  ['that is undefined', () => undefined],
])('an error %s is a ConnectionError, too', async (_, failing) => {
  const fetch = () => Promise.reject(failing());
  const options = {
    baseUrl: 'http://127.0.0.1:9',
    accessToken: 'secret/token',
    maxRetries: 0,
    timeout: 2_000,
  };
  const error = await new EvEnergy({ ...options, fetch }).evseMakes.list().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toMatch(/no complete answer/);
});
