import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { anyCall } from '../../scripts/test/any-call.js';
import { apiRequests, EVSE, fakeApi } from '../../scripts/test/fake.js';
import { collectGarbage } from '../../scripts/test/garbage.js';
import { serve } from '../../scripts/test/http-server.js';
import { ConfigurationError, EvEnergy, type EvEnergyOptions } from '../index.js';
import { VERSION } from './version.js';

const VARIABLES = [
  'EV_ENERGY_CLIENT_ID',
  'EV_ENERGY_CLIENT_SECRET',
  'EV_ENERGY_ACCESS_TOKEN',
  'EV_ENERGY_BASE_URL',
];
beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Where a client of these options sends its first request, and with which headers. */
async function firstRequest(options: EvEnergyOptions): Promise<{ url: string; headers: Headers }> {
  let sent: { url: string; headers: Headers } | undefined;
  const fetch = async (url: string, init: RequestInit) => {
    sent ??= { url, headers: new Headers(init.headers) };
    return Response.json([]);
  };
  await new EvEnergy({ fetch, ...options }).evseMakes.list();
  if (!sent) throw new Error('nothing was sent');
  return sent;
}

describe('the server', () => {
  test.each([
    [{}, 'https://api.ev.energy/v2/evse_makes'],
    [{ environment: 'live' as const }, 'https://api.ev.energy/v2/evse_makes'],
    [{ environment: 'staging' as const }, 'https://api-staging.ev.energy/v2/evse_makes'],
    [{ environment: 'mock' as const }, 'http://127.0.0.1:4010/evse_makes'],
    [{ baseUrl: 'https://example.com/v2/' }, 'https://example.com/v2/evse_makes'],
    [{ baseUrl: 'http://localhost:1234' }, 'http://localhost:1234/evse_makes'],
  ])('of %o', async (options, url) => {
    expect((await firstRequest(options)).url).toBe(`${url}?page_size=100`);
  });

  test('comes from the environment where no option says otherwise', async () => {
    vi.stubEnv('EV_ENERGY_BASE_URL', 'https://env.example.com/v2');
    expect((await firstRequest({})).url).toMatch(/^https:\/\/env\.example\.com\/v2\/evse_makes/);
    expect((await firstRequest({ environment: 'staging' })).url).toMatch(/^https:\/\/api-staging/);
    expect((await firstRequest({ baseUrl: 'https://option.example.com' })).url).toMatch(/^https:\/\/option/);
  });

  test('has to be safe for tokens, and known', () => {
    expect(() => new EvEnergy({ baseUrl: 'http://example.com' })).toThrow(/^baseUrl: .*https/);
    vi.stubEnv('EV_ENERGY_BASE_URL', 'http://example.com');
    expect(() => new EvEnergy()).toThrow(/^EV_ENERGY_BASE_URL: .*https/);
    expect(() => new EvEnergy({ environment: 'prod' as never })).toThrow(/^environment: 'prod'.*'live'/);
    expect(() => new EvEnergy({ environment: 'live', baseUrl: 'https://example.com' })).toThrow(
      /^environment and baseUrl: /,
    );
  });
});

describe('credentials', () => {
  const authorization = async (options: EvEnergyOptions) =>
    (await firstRequest(options)).headers.get('authorization');

  test('of the options', async () => {
    expect(await authorization({ accessToken: 'a' })).toBe('Bearer a');
    expect(await authorization({ auth: { token: () => 'b' } })).toBe('Bearer b');
    expect(await authorization({})).toBeNull();
  });

  test('of the environment, where the options have none', async () => {
    vi.stubEnv('EV_ENERGY_ACCESS_TOKEN', ' from-environment\n');
    expect(await authorization({})).toBe('Bearer from-environment');
    expect(await authorization({ accessToken: 'a' })).toBe('Bearer a');
    expect(await authorization({ auth: null })).toBeNull();
    vi.stubEnv('EV_ENERGY_ACCESS_TOKEN', '');
    expect(await authorization({})).toBeNull();
  });

  test('of the environment may be client credentials', async () => {
    const fake = await fakeApi();
    vi.stubEnv('EV_ENERGY_BASE_URL', fake.url);
    vi.stubEnv('EV_ENERGY_CLIENT_ID', fake.clientId);
    expect(await authorization({})).toBeNull();
    vi.stubEnv('EV_ENERGY_CLIENT_SECRET', fake.clientSecret);
    expect((await new EvEnergy().evses.statusLogs.list(EVSE)).data.length).toBeGreaterThan(0);
  });

  test('of the environment are not shown to the mock, which takes any token', async () => {
    vi.stubEnv('EV_ENERGY_ACCESS_TOKEN', 'real');
    expect(await authorization({ environment: 'mock' })).toBe('Bearer mock');
  });

  test('given twice are refused', () => {
    expect(() => new EvEnergy({ accessToken: 'a', clientId: 'b', clientSecret: 'c' })).toThrow(
      /^accessToken, clientId and clientSecret: give only one of them$/,
    );
  });

  test.each(['https://other.example.com/token', undefined])(
    'go to %s as token endpoint, not elsewhere',
    async (tokenUrl) => {
      const urls: string[] = [];
      const fetch = async (url: string) => {
        urls.push(String(url));
        return Response.json(urls.length === 1 ? { access_token: 't', token_type: 'Bearer' } : []);
      };
      const credentials = { clientId: 'a', clientSecret: 'b' };
      await new EvEnergy({ ...credentials, fetch, tokenUrl, environment: 'staging' }).evseMakes.list();
      expect(urls[0]).toBe(tokenUrl ?? 'https://api-staging.ev.energy/o/token/');
    },
  );

  test('are not sent in the clear', () => {
    const options = { clientId: 'a', clientSecret: 'b', tokenUrl: 'http://example.com/token' };
    expect(() => new EvEnergy(options)).toThrow(/^tokenUrl: .*https/);
  });
});

describe('headers', () => {
  test('of every request', async () => {
    const { headers } = await firstRequest({});
    expect(headers.get('accept')).toBe('application/json, application/problem+json');
    expect(headers.get('evenergy-version')).toBe('2');
    expect(headers.get('user-agent')).toBe(`ev-energy-client/${VERSION}`);
    expect(headers.get('evenergy-user')).toBeNull();
    expect(VERSION).toBe(manifest.version);
  });

  test('of the options', async () => {
    const { headers } = await firstRequest({
      user: 'user1',
      apiVersion: '2.1',
      appInfo: { name: 'fleet', version: '3', url: 'https://fleet.example.com' },
      headers: { 'X-Tenant': 'a' },
    });
    expect(headers.get('evenergy-user')).toBe('user1');
    expect(headers.get('evenergy-version')).toBe('2.1');
    expect(headers.get('x-tenant')).toBe('a');
    expect(headers.get('user-agent')).toMatch(
      /^ev-energy-client\/\S+ fleet\/3 \(https:\/\/fleet\.example\.com\)$/,
    );
  });

  test('of the call come over those of the client', async () => {
    const server = await serve(() => ({ body: [] }));
    const ev = new EvEnergy({
      baseUrl: server.url,
      user: 'user1',
      headers: { 'x-tenant': 'a', 'x-other': 'b' },
    });
    const params = { 'EvEnergy-User': 'user2', 'EvEnergy-Version': 2 as const };
    await ev.evseMakes.list(params, { headers: { 'X-Tenant': null, 'X-OTHER': 'c' } });
    const [request] = server.requests;
    expect(request?.headers).toMatchObject({
      'evenergy-user': 'user2',
      'evenergy-version': '2',
      'x-other': 'c',
    });
    expect(request?.headers).not.toHaveProperty('x-tenant');
    expect([...(request?.query.keys() ?? [])]).toEqual(['page_size']);
  });

  test('that no request can carry are refused by name', async () => {
    expect(() => new EvEnergy({ user: 'a\r\nb: c' })).toThrow(/^evenergy-user: /);
    expect(() => new EvEnergy({ headers: { 'x-a': '\u2603' } })).toThrow(/^x-a: /);
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9' });
    await expect(ev.evseMakes.list({}, { headers: { 'x-a': '\n' } })).rejects.toThrow(ConfigurationError);
    const secret = ev.evseMakes.list({}, { headers: { 'authorization: Bearer secret': '' } });
    await expect(secret).rejects.toThrow(/^headers: the name 'authorization…' /);
  });
});

describe('an option that cannot be used is refused by name', () => {
  test.each([
    [{ timeout: 0 }, 'timeout'],
    [{ timeout: 2 ** 31 }, 'timeout'],
    [{ timeout: '5' }, 'timeout'],
    [{ maxRetries: -1 }, 'maxRetries'],
    [{ maxRetries: 1.5 }, 'maxRetries'],
    [{ maxRetryWait: -1 }, 'maxRetryWait'],
    [{ backoff: { initial: Number.NaN } }, 'backoff.initial'],
    [{ backoff: { max: -1 } }, 'backoff.max'],
    [{ quota: { reserve: -1 } }, 'quota.reserve'],
    [{ quota: { reserv: 5 } }, 'quota.reserv'],
    [{ quota: { pace: 'yes' } }, 'quota.pace'],
    [{ backoff: { maximum: 5 } }, 'backoff.maximum'],
    [{ auth: {} }, 'auth.token'],
    [{ accessToken: 5 }, 'accessToken'],
    [{ logger: {} }, 'logger.debug'],
    [{ appInfo: {} }, 'appInfo.name'],
    [{ appInfo: { name: 'a', verson: '1' } }, 'appInfo.verson'],
    [{ appInfo: 'a' }, 'appInfo'],
    [{ headers: new Headers({ 'x-a': '1' }) }, 'headers'],
    [{ headers: [['x-a', '1']] }, 'headers'],
    ['secret', 'options'],
    [{ baseUrl: 7 }, 'baseUrl'],
    [{ fetch: 5 }, 'fetch'],
    [{ onRequest: {} }, 'onRequest'],
    [{ onResponse: 'log' }, 'onResponse'],
    [{ onRetry: true }, 'onRetry'],
    [{ headers: { 'bad name': 'x' } }, 'headers'],
    [{ headers: { '': 'x' } }, 'headers'],
    [{ headers: { 'x-a': {} } }, 'x-a'],
    [{ validate: 'yes' }, 'validate'],
    [{ logLevel: 'loud' }, 'logLevel'],
    [{ acessToken: 'a' }, 'acessToken'],
  ])('%o', (options, name) => {
    expect(() => new EvEnergy(options as EvEnergyOptions)).toThrow(ConfigurationError);
    expect(() => new EvEnergy(options as EvEnergyOptions)).toThrow(new RegExp(`^${name}: `));
  });

  test.each([
    [{ timeout: -1 }, 'timeout'],
    [{ maxRetries: 0.5 }, 'maxRetries'],
    [{ validate: 'no' }, 'validate'],
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ maxRetry: 1 }, 'maxRetry'],
    [{ readAhead: 'no' }, 'readAhead'],
    [{ query: {} }, 'query'],
    [{ signal: new AbortController() }, 'signal'],
    [{ headers: new Headers({ 'x-a': '1' }) }, 'headers'],
    ['secret', 'options'],
    [new Map([['timeout', 1]]), 'options'],
    [AbortSignal.abort(), 'options'],
  ])('%o of a call', async (options, name) => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', accessToken: 'a' });
    const list = ev.evses.statusLogs.list(EVSE, {}, options as never).toArray();
    await expect(list).rejects.toThrow(ConfigurationError);
    await expect(list).rejects.toThrow(new RegExp(`^${name}: (?!.*secret)`));
    const page = ev.evses.statusLogs.list(EVSE, {}, options as never);
    await expect(page).rejects.toThrow(new RegExp(`^${name}: (?!.*secret)`));
  });

  test('of a call of another kind too, and the hint lists those of this kind', async () => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', accessToken: 'a' });
    const one = ev.evses.retrieve(EVSE, {}, { readAhead: false } as never);
    await expect(one).rejects.toThrow(
      /^readAhead: there is no such option; there are headers, maxRetries, signal, timeout, user, validate$/,
    );
  });

  test('as a parameter that cannot be written is, before any request', async () => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', accessToken: 'a' });
    for (const value of [new Date('soon'), new Map(), new URL('http://a.example'), () => 1, NaN, Infinity])
      await expect(ev.evses.list({ cpid: value as never }).toArray()).rejects.toThrow(/^query: cpid is /);
    for (const value of [{}, new Map(), NaN, [{ a: 1 }]]) {
      const asked = ev.evses.list({ 'EvEnergy-User': value as never }).toArray();
      await expect(asked).rejects.toThrow(/^EvEnergy-User: the value is /);
    }
    await expect(ev.evses.retrieve('\ud800')).rejects.toThrow(/^evse_id: holds half of a surrogate pair/);
    for (const params of ['page_size=secret', ['secret'], new Map(), new URLSearchParams('a=secret')])
      await expect(ev.evses.list(params as never).toArray()).rejects.toThrow(/^params: (?!.*secret)/);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const broken = {
      toJSON() {
        throw null;
      },
    };
    for (const body of [cyclic, { count: 1n }, () => 1, new Map(), broken]) {
      const sent = anyCall(ev, 'POST', '/x', { body });
      await expect(sent).rejects.toThrow(ConfigurationError);
      await expect(sent).rejects.toThrow(/^body: .*can't be written as JSON/);
    }
  });

  test('Infinity is a timeout', async () => {
    expect((await firstRequest({ timeout: Infinity })).url).toBeDefined();
  });
});

describe('withOptions makes a client', () => {
  test('that shares token, quota and middleware, and has its own user', async () => {
    const fake = await fakeApi();
    const { url: baseUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, clientId, clientSecret });
    ev.api.use({ onRequest: ({ request }) => request.headers.set('x-own', 'of the middleware') });
    const theirs = ev.withOptions({ user: 'user-of-theirs', timeout: 5_000 });
    await ev.evses.list();
    for (const call of [{}, { user: 'user-of-the-call' }]) await theirs.evses.list({}, call).catch(() => {});
    const tokens = fake.requests.filter(({ endpoint }) => endpoint === 'token');
    expect(tokens).toHaveLength(1);
    const users = apiRequests(fake).map(({ headers }) => [headers['evenergy-user'], headers['x-own']]);
    expect(users).toEqual([
      [undefined, 'of the middleware'],
      ['user-of-theirs', 'of the middleware'],
      ['user-of-the-call', 'of the middleware'],
    ]);
    expect(ev.quota.remaining).toBe((ev.quota.limit ?? 0) - 3);
    expect(theirs.quota).toEqual(ev.quota);
  });

  test.each([
    [{ baseUrl: 'https://evil.example.com' }, /^baseUrl: belongs to the client as a whole/],
    [{ fetch: () => {} }, /^fetch: belongs to the client as a whole/],
    [{ tiemout: 5 }, /^tiemout: there is no such option; did you mean timeout\?$/],
    [{ constructor: 5 }, /^constructor: there is no such option; there are apiVersion, /],
  ])('unless the options are wrong: %o', (options, message) => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9' });
    expect(() => ev.withOptions(options as never)).toThrow(message);
  });
});

test('an own fetch gets URL and init, and sends everything', async () => {
  const calls: [string, RequestInit][] = [];
  const fetch = async (url: string, init: RequestInit) => {
    calls.push([url, init]);
    return Response.json([{ id: 'a' }]);
  };
  const ev = new EvEnergy({ baseUrl: 'https://example.com', fetch });
  expect(await ev.evseMakes.list().toArray()).toEqual([{ id: 'a' }]);
  expect(calls[0]?.[1]).toMatchObject({ method: 'GET', redirect: 'manual' });
});

describe('the raw response', () => {
  test('comes with the data, or in its place', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url });
    const [first] = (await ev.evseMakes.list()).data;
    const id = first?.id ?? '';
    const { data, response } = await ev.evseMakes.retrieve(id).withResponse();
    expect(data).toEqual(first);
    expect(response.headers.get('x-ratelimit-limit')).toBeTruthy();
    const raw = await ev.evseMakes.retrieve(id).asResponse();
    expect(raw.bodyUsed).toBe(false);
    expect(await raw.json()).toEqual(first);
    expect(await ev.evseMakes.retrieve(first?.url ?? '')).toEqual(first);
  });

  test('is not there for an error', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url });
    await expect(ev.evseMakes.retrieve('emak01HN2NJ9NMRZBXT1H6FT9N7700').asResponse()).rejects.toMatchObject({
      status: 404,
    });
  });

  test('goes on obeying the signal while it is read', async () => {
    const server = await serve(() => ({ body: { a: 1 }, bodyDelay: 5_000 }));
    const ev = new EvEnergy({ baseUrl: server.url });
    const controller = new AbortController();
    const response = await anyCall(ev, 'GET', '/x', { signal: controller.signal }).asResponse();
    collectGarbage();
    controller.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow();
  });

  test('of a method obeys it too, call after call', async () => {
    const server = await serve(() => ({ body: {}, bodyDelay: 60_000 }));
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret' });
    for (let call = 0; call < 2; call += 1) {
      const controller = new AbortController();
      const options = { signal: controller.signal };
      const response = await ev.evseMakes.retrieve('a', {}, options).asResponse();
      controller.abort(new Error('stop'));
      await expect(response.text()).rejects.toThrow();
    }
  });

  test('leaves nothing behind on a signal that lives on', async () => {
    const server = await serve(() => ({ body: { a: 1 } }));
    const ev = new EvEnergy({ baseUrl: server.url });
    const { signal } = new AbortController();
    const response = await anyCall(ev, 'GET', '/x', { signal }).asResponse();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(await response.json()).toEqual({ a: 1 });
  });
});

test('the promise of a call has then, catch and finally', async () => {
  const server = await serve(({ path }) => (path === '/bad' ? { status: 404 } : { body: 1 }));
  const ev = new EvEnergy({ baseUrl: server.url });
  let ended = 0;
  const end = () => {
    ended += 1;
  };
  expect(await anyCall(ev, 'GET', '/good').finally(end)).toBe(1);
  expect(await anyCall(ev, 'GET', '/bad').catch((error: unknown) => error)).toMatchObject({ status: 404 });
  expect(await anyCall(ev, 'GET', '/good').then((one) => Number(one) + 1)).toBe(2);
  await expect(anyCall(ev, 'GET', '/bad').finally(end)).rejects.toMatchObject({ status: 404 });
  expect(ended).toBe(2);
  expect(server.requests).toHaveLength(4);
});

test('a call is made, whether or not someone waits for it', async () => {
  const server = await serve(() => ({ body: {} }));
  const ev = new EvEnergy({ baseUrl: server.url });
  anyCall(ev, 'DELETE', '/things/1');
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
});
