import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { apiRequests, EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import {
  AuthenticationError,
  clientCredentials,
  EvEnergy,
  exchangeCode,
  OAuthError,
  refreshToken,
  revoke,
  TimeoutError,
} from '../../index.js';
import { staleToken, tokenFailure } from '../../testing/index.js';

const tokenRequests = (fake: Awaited<ReturnType<typeof fakeApi>>) =>
  fake.requests.filter(({ endpoint }) => endpoint === 'token');

async function client(options: Parameters<typeof fakeApi>[0] = {}) {
  const fake = await fakeApi(options);
  const { url: baseUrl, clientId, clientSecret } = fake;
  const ev = new EvEnergy({ baseUrl, clientId, clientSecret });
  return { fake, ev, call: () => ev.evses.statusLogs.list(EVSE, { page_size: 1 }).then() };
}

/** A server whose token endpoint takes so many milliseconds. */
const slowTokens = (delay: number) =>
  serve(({ path }) =>
    path.startsWith('/o/') ? { delay, body: { access_token: 't', token_type: 'Bearer' } } : { body: [] },
  );

describe('client credentials', () => {
  test('are sent with HTTP Basic, to the token endpoint alone', async () => {
    const { fake, call } = await client();
    await call();
    const [token, api] = fake.requests;
    const basic = `Basic ${btoa(`${fake.clientId.replace('-', '%2D')}:${fake.clientSecret.replace('-', '%2D')}`)}`;
    expect(token?.headers.authorization).toBe(basic);
    expect(token?.body).toBe('grant_type=client_credentials');
    expect(api?.headers.authorization).toMatch(/^Bearer /);
    expect(fake.requests).toHaveLength(2);
  });

  test('one token request serves however many calls wait', async () => {
    const { fake, call } = await client();
    await Promise.all(Array.from({ length: 50 }, call));
    expect(tokenRequests(fake)).toHaveLength(1);
    await call();
    expect(tokenRequests(fake)).toHaveLength(1);
  });

  test('ask for the scope', async () => {
    const fake = await fakeApi();
    const { url: baseUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, clientId, clientSecret, scope: 'debug:read' });
    await expect(ev.evses.statusLogs.list(EVSE)).rejects.toThrow(/needs the scope evse:read/);
    expect(tokenRequests(fake)[0]?.body).toContain('scope=debug%3Aread');
  });

  test('go to tokenUrl where it is given', async () => {
    const other = await serve(() => ({
      body: { access_token: 'other', token_type: 'Bearer', expires_in: 60 },
    }));
    const api = await serve(() => ({ body: [] }));
    const ev = new EvEnergy({
      baseUrl: api.url,
      clientId: 'a',
      clientSecret: 'b',
      tokenUrl: `${other.url}/token`,
    });
    await ev.evseMakes.list();
    expect(other.requests[0]?.path).toBe('/token');
    expect(api.requests[0]?.headers.authorization).toBe('Bearer other');
  });

  test('need both halves', () => {
    expect(() => new EvEnergy({ clientId: 'a' })).toThrow(/^clientSecret: /);
    expect(() => new EvEnergy({ clientSecret: 'a' })).toThrow(/^clientId: /);
    expect(() => clientCredentials({})).toThrow(/^clientId: /);
  });
});

describe('renewal', () => {
  test('comes before the token expires, in the background as long as it lasts', async () => {
    const { fake, call } = await client({ tokenLifetime: 3600 });
    const start = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => start);
    try {
      await call();
      clock.mockImplementation(() => start + 3_290_000);
      await call();
      expect(tokenRequests(fake)).toHaveLength(1);
      clock.mockImplementation(() => start + 3_310_000);
      await call();
      await sleep(50);
      const [, , , third] = apiRequests(fake);
      expect(tokenRequests(fake)).toHaveLength(2);
      await call();
      expect(third).toBeUndefined();
      expect(tokenRequests(fake)).toHaveLength(2);
    } finally {
      clock.mockRestore();
    }
  });

  test('is waited for shortly before the end, as clocks differ', async () => {
    const { fake, call } = await client({ tokenLifetime: 3600 });
    const start = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => start);
    try {
      await call();
      clock.mockImplementation(() => start + 3_575_000);
      fake.faults.next(tokenFailure(503, 'server_error'));
      await expect(call()).rejects.toThrow(OAuthError);
      clock.mockImplementation(() => start + 3_565_000);
      fake.faults.next(tokenFailure(503, 'server_error'));
      await call();
      expect(apiRequests(fake)).toHaveLength(2);
    } finally {
      clock.mockRestore();
    }
  });

  test('happens once for a token that the API refuses, and the request is repeated', async () => {
    const { fake, call } = await client();
    await call();
    fake.faults.next(staleToken());
    await call();
    expect(tokenRequests(fake)).toHaveLength(2);
    const [before, refused, repeated] = apiRequests(fake);
    expect(refused?.headers.authorization).toBe(before?.headers.authorization);
    expect(repeated?.headers.authorization).not.toBe(before?.headers.authorization);
    expect(repeated?.path).toBe(refused?.path);
  });

  test('happens once only: a new token refused as well is an error', async () => {
    const { fake, call } = await client();
    fake.faults.next(staleToken(), { times: 2 });
    await expect(call()).rejects.toThrow(AuthenticationError);
    expect(tokenRequests(fake)).toHaveLength(2);
    expect(apiRequests(fake)).toHaveLength(2);
  });

  test('repeats unsafe requests too, which had no effect', async () => {
    const server = await serve(({ headers }) =>
      headers.authorization === 'Bearer 2' ? { status: 201, body: {} } : { status: 401 },
    );
    let tokens = 0;
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: () => String(++tokens) });
    expect(await anyCall(ev, 'POST', '/things', { body: { a: 1 } })).toEqual({});
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  test('happens once for many calls that are refused together', async () => {
    const { fake, call } = await client();
    await call();
    const old = apiRequests(fake)[0]?.headers.authorization;
    fake.faults.next(staleToken(), { times: 20, request: ({ headers }) => headers.authorization === old });
    await Promise.all(Array.from({ length: 20 }, call));
    expect(tokenRequests(fake)).toHaveLength(2);
  });

  test('a late 401 for an old token does not discard a newer one', async () => {
    const server = await serve(async ({ path, headers }) => {
      if (path.startsWith('/o/')) {
        const expires_in = 3600;
        return { body: { access_token: `t${++issued}`, token_type: 'Bearer', expires_in } };
      }
      const slow = path === '/slow' && headers.authorization === 'Bearer t1';
      if (slow) await sleep(150);
      return headers.authorization === 'Bearer t1' ? { status: 401 } : { body: {} };
    });
    let issued = 0;
    const ev = new EvEnergy({ baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
    await Promise.all([anyCall(ev, 'GET', '/slow'), anyCall(ev, 'GET', '/fast')]);
    expect(issued).toBe(2);
  });
});

describe('a failing token endpoint', () => {
  test('fails the waiting calls with its error, and the next call tries again', async () => {
    const { fake, call } = await client();
    fake.faults.next(tokenFailure(401, 'invalid_client', 'Unknown client'));
    const results = await Promise.allSettled([call(), call(), call()]);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: 'invalid_client', description: 'Unknown client', status: 401 },
      });
    }
    expect(apiRequests(fake)).toHaveLength(0);
    await call();
    expect(tokenRequests(fake)).toHaveLength(2);
  });

  test.each([
    ['an HTML page', { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['no token', { body: { token_type: 'Bearer' } }],
    ['another kind of token', { body: { access_token: 'hunter2', token_type: 'mac' } }],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example.com/' } }],
    ['a broken connection', { cut: 'before' as const }],
  ])('is told apart from the API: %s', async (_, reply) => {
    const server = await serve(() => reply);
    const ev = new EvEnergy({ baseUrl: server.url, clientId: 'id', clientSecret: 'top-secret' });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OAuthError);
    expect(String(error)).toContain('/o/token/');
    expect(Object.hasOwn(error as Error, 'cause')).toBe(
      'cut' in reply || JSON.stringify(reply).includes('mac'),
    );
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hunter2|top-secret/);
    expect(server.requests).toHaveLength(1);
  });

  test('that cannot be reached has the reason in its message, and as its cause, without the secret', async () => {
    const socket = Object.assign(new Error('connect ECONNREFUSED by top-secret'), { code: 'ECONNREFUSED' });
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: socket }));
    const ev = new EvEnergy({
      fetch,
      baseUrl: 'https://a.example',
      clientId: 'id',
      clientSecret: 'top-secret',
    });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OAuthError);
    expect(String(error)).toContain('gave no token: fetch failed (connect ECONNREFUSED');
    expect(error).toMatchObject({ cause: { message: 'fetch failed', cause: { code: 'ECONNREFUSED' } } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('top-secret');
  });

  test.each([400, 401])('that repeats what it was sent (%s) does not have it shown', async (status) => {
    const server = await serve(({ headers, body }) => ({
      status,
      headers: { 'www-authenticate': 'Basic', 'content-type': 'application/json' },
      body: {
        error: 'invalid_grant',
        error_description: `${headers.authorization} ${body} ${decodeURIComponent(body)} top/secret-1`,
      },
    }));
    const application = { baseUrl: server.url, clientId: 'id', clientSecret: 'top/secret-1' };
    const callbackUrl = 'https://app.example.com/?code=granted%2F7&state=state-0123';
    const codeVerifier = 'verifier-0123456789-0123456789-0123456789-0123456789';
    const signIn = { redirectUri: 'https://app.example.com/', state: 'state-0123', codeVerifier };
    for (const failing of [
      async () => clientCredentials(application).token(),
      async () => refreshToken({ ...application, refreshToken: 'refresh/1' }).token(),
      () => exchangeCode({ ...application, ...signIn, callbackUrl }),
      () => revoke({ ...application, token: 'access/1' }),
    ]) {
      const error = await failing().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'invalid_grant',
        description: expect.stringContaining('[redacted]'),
      });
      const basic = btoa('id:top%2Fsecret%2D1');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(
        new RegExp(`${basic}|top.{1,3}secret|refresh.{1,3}1|granted.{1,3}7|verifier-|access.{1,3}1`),
      );
    }
  });

  test('is not asked for a call that is already aborted', async () => {
    const { fake, ev } = await client();
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(ev.evseMakes.list({}, { signal })).rejects.toThrow('stopped');
    expect(fake.requests).toHaveLength(0);
  });

  test("that is silent holds a call no longer than the call's timeout, and the others get their token", async () => {
    const server = await slowTokens(300);
    const ev = new EvEnergy({ baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
    const other = ev.evseMakes.list().then();
    const hasty = ev.evseMakes.list({}, { timeout: 60 }).then();
    await expect(hasty).rejects.toThrow(TimeoutError);
    await expect(hasty).rejects.toThrow(/^get-evse_makes got no token within 60 ms; set timeout/);
    await other;
    expect(server.requests).toHaveLength(2);
  });

  test('that is silent longer than its timeout says so, also where fetch heeds no signal', async () => {
    const server = await serve(() => ({ delay: 500, body: {} }));
    const application = { baseUrl: server.url, clientId: 'a', clientSecret: 'b', timeout: 40.5 };
    for (const fetch of [undefined, () => new Promise<never>(() => {})]) {
      const failing = Promise.resolve(clientCredentials({ ...application, fetch }).token());
      await expect(failing).rejects.toThrow(OAuthError);
      await expect(failing).rejects.toThrow(/\/o\/token\/ took longer than 40.5 ms; set timeout/);
    }
  });

  test('that was silent too long for one call is asked anew for the next', async () => {
    let asked = 0;
    const server = await serve(({ path }) => {
      if (!path.startsWith('/o/')) return { body: [] };
      const body = { access_token: 't', token_type: 'Bearer' };
      return ++asked === 1 ? { delay: 2_000, body } : { body };
    });
    const ev = new EvEnergy({ baseUrl: server.url, clientId: 'a', clientSecret: 'b', timeout: 200 });
    await expect(ev.evseMakes.list()).rejects.toThrow(/took longer|got no token/);
    await ev.evseMakes.list();
    expect(asked).toBe(2);
  });

  test('that fails while the present token is still good is left alone for a while', async () => {
    const fake = await fakeApi({ tokenLifetime: 600 });
    const { url: baseUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, clientId, clientSecret });
    await ev.evseMakes.list();
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 500_000);
    try {
      fake.faults.next(tokenFailure());
      for (let count = 0; count < 10; count++) await ev.evseMakes.list();
      expect(tokenRequests(fake)).toHaveLength(2);
      clock.mockReturnValue(now + 511_000);
      for (let count = 0; count < 10; count++) await ev.evseMakes.list();
      expect(tokenRequests(fake)).toHaveLength(3);
    } finally {
      clock.mockRestore();
    }
  });

  test.each(['sk_1234567', '{"access_token":sk_1234567}'])(
    "whose answer isn't JSON shows nothing of it: %s",
    async (body) => {
      const server = await serve(() => ({ body, headers: { 'content-type': 'application/json' } }));
      const ev = new EvEnergy({ baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
      const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OAuthError);
      expect(inspect(error, { depth: 9 })).not.toMatch(/sk_1/);
    },
  );

  test.each([Infinity, 1500.5])('may be given a timeout of %s', async (timeout) => {
    const fake = await fakeApi();
    const { url: baseUrl, clientId, clientSecret } = fake;
    await new EvEnergy({ baseUrl, clientId, clientSecret, timeout }).evseMakes.list();
    expect(tokenRequests(fake)).toHaveLength(1);
  });

  test('a call that waits can be aborted, and the others get their token', async () => {
    const server = await slowTokens(150);
    const ev = new EvEnergy({ baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
    const other = ev.evseMakes.list().then();
    const aborted = ev.evseMakes.list({}, { signal: AbortSignal.timeout(30) }).then();
    await expect(aborted).rejects.toMatchObject({ name: 'TimeoutError' });
    await other;
    expect(server.requests).toHaveLength(2);
  });
});

describe('accessToken', () => {
  test('as a string is sent as it is, and a 401 is final', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: 'wrong' });
    await expect(ev.evseMakes.list()).rejects.toThrow(AuthenticationError);
    expect(fake.requests).toHaveLength(1);
  });

  test('as a function is asked before each request, once for those at the same time', async () => {
    const fake = await fakeApi();
    const ask = vi.fn(async () => fake.token);
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: ask });
    await Promise.all([ev.evseMakes.list(), ev.evseMakes.list()]);
    expect(ask).toHaveBeenCalledTimes(1);
    await ev.evseMakes.list();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('as a function is told which token was refused', async () => {
    const fake = await fakeApi();
    const ask = vi.fn(({ rejected }: { rejected: string | undefined }) =>
      rejected === 'old' ? fake.token : 'old',
    );
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: ask });
    await ev.evseMakes.list();
    expect(ask.mock.calls).toEqual([[{ rejected: undefined }], [{ rejected: 'old' }]]);
  });

  test('as a function that keeps its token gives the 401', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: () => 'same' });
    await expect(ev.evseMakes.list()).rejects.toThrow(AuthenticationError);
    expect(fake.requests).toHaveLength(1);
  });

  test("as a function that never answers holds a call no longer than the call's timeout", async () => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:1', accessToken: () => new Promise(() => {}) });
    await expect(ev.evseMakes.list({}, { timeout: 30 })).rejects.toThrow(/got no token within 30 ms/);
  });

  test("as a function that didn't answer in time is asked again", async () => {
    const fake = await fakeApi();
    let asks = 0;
    const accessToken = () => (++asks === 1 ? new Promise<string>(() => {}) : fake.issueToken());
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken, timeout: 100 });
    await expect(ev.evseMakes.list()).rejects.toThrow(/got no token within 100 ms/);
    await ev.evseMakes.list();
    expect(asks).toBe(2);
  });

  test('a failing function fails the call with its error', async () => {
    const ev = new EvEnergy({
      baseUrl: 'http://127.0.0.1:1',
      accessToken: () => Promise.reject(new Error('vault sealed')),
    });
    await expect(ev.evseMakes.list()).rejects.toThrow('vault sealed');
    const none = new EvEnergy({ baseUrl: 'http://127.0.0.1:1', accessToken: () => '' });
    await expect(none.evseMakes.list()).rejects.toThrow(/^accessToken: /);
  });
});

describe('refreshToken', () => {
  async function tokens() {
    const fake = await fakeApi();
    const { url: baseUrl, clientId, clientSecret } = fake;
    const redirectUri = 'http://127.0.0.1/callback';
    const { authorizationUrl, exchangeCode } = await import('../../index.js');
    const request = await authorizationUrl({ baseUrl, clientId, redirectUri, scope: 'evse:read' });
    const granted = await fetch(request.url, { redirect: 'manual' });
    const callbackUrl = granted.headers.get('location') ?? '';
    const first = await exchangeCode({
      baseUrl,
      clientId,
      clientSecret,
      redirectUri,
      callbackUrl,
      ...request,
    });
    return { fake, first, application: { baseUrl, clientId, clientSecret } };
  }

  test('keeps a user signed in, and tells of new tokens', async () => {
    const { fake, first, application } = await tokens();
    const onTokens = vi.fn();
    const auth = refreshToken({ ...application, refreshToken: first.refreshToken ?? '', onTokens });
    const ev = new EvEnergy({ baseUrl: fake.url, auth });
    await ev.evses.statusLogs.list(EVSE);
    fake.faults.next(staleToken());
    await ev.evses.statusLogs.list(EVSE);
    expect(onTokens).toHaveBeenCalledTimes(2);
    const stored = onTokens.mock.lastCall?.[0];
    expect(stored.refreshToken).toEqual(expect.any(String));
    expect(apiRequests(fake).at(-1)?.headers.authorization).toBe(`Bearer ${stored.accessToken}`);
  });

  test('starts with the access token that is still good', async () => {
    const { fake, first, application } = await tokens();
    const { accessToken, expiresAt, refreshToken: refresh = '' } = first;
    const auth = refreshToken({ ...application, accessToken, expiresAt, refreshToken: refresh });
    const before = tokenRequests(fake).length;
    await new EvEnergy({ baseUrl: fake.url, auth }).evses.statusLogs.list(EVSE);
    expect(tokenRequests(fake)).toHaveLength(before);
  });

  test('that is no longer good says what to do', async () => {
    const { fake, application } = await tokens();
    const auth = refreshToken({ ...application, refreshToken: 'revoked-refresh' });
    const error = await new EvEnergy({ baseUrl: fake.url, auth }).evseMakes
      .list()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_grant' });
    expect(String(error)).toContain('let the user authorize again');
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('revoked-refresh');
  });
});

test('credentials that are null, as from JSON, count as left out', async () => {
  const server = await serve(() => ({ body: [] }));
  const none = { accessToken: null, clientId: null, clientSecret: null } as never;
  await new EvEnergy({ ...(none as object), baseUrl: server.url }).evseMakes.list();
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

describe('auth', () => {
  test.each([undefined, null, '', 7])(
    'whose token() gives %j fails the call before any request',
    async (token) => {
      const server = await serve(() => ({ body: [] }));
      for (const given of [token, Promise.resolve(token)]) {
        const ev = new EvEnergy({ baseUrl: server.url, auth: { token: () => given as never } });
        await expect(ev.evseMakes.list()).rejects.toThrow(/^auth: token\(\) gave no token; it must return/);
      }
      expect(server.requests).toHaveLength(0);
    },
  );

  test('that another one follows in a 401 is checked, too', async () => {
    const server = await serve(() => ({ status: 401 }));
    let refused = false;
    const reject = () => {
      refused = true;
    };
    const auth = { token: () => (refused ? (undefined as never) : 'old'), reject };
    await expect(new EvEnergy({ baseUrl: server.url, auth }).evseMakes.list()).rejects.toThrow(
      /^auth: token/,
    );
    expect(server.requests).toHaveLength(1);
  });
});
