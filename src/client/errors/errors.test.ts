import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import * as api from '../../index.js';

const { EvEnergy } = api;

async function errorOf(reply: Reply, method = 'GET'): Promise<api.ApiError> {
  const server = await serve(() => reply);
  const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token', maxRetries: 0 });
  const error = await anyCall(ev, method, '/things').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(api.EvEnergyError);
  return error as api.ApiError;
}

const html = { 'content-type': 'text/html' };

describe('the status decides', () => {
  test.each([
    [400, api.BadRequestError],
    [401, api.AuthenticationError],
    [403, api.PermissionDeniedError],
    [404, api.NotFoundError],
    [406, api.ApiError],
    [409, api.ConflictError],
    [422, api.UnprocessableEntityError],
    [429, api.RateLimitError],
    [500, api.ServerError],
    [503, api.ServerError],
  ])('%s', async (status, Class) => {
    const error = await errorOf({ status, body: { title: 'No', detail: 'Because.', status: 418 } });
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(api.ApiError);
    expect(error).toMatchObject({ name: Class.name, status, operationId: 'GET /things', method: 'GET' });
    expect(error.url).toMatch(/\/things$/);
  });
});

describe('an ApiError', () => {
  test('carries the problem details and headers, and names operation, fields and next step', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    const error = await ev.evses.statusLogs.list(EVSE, { page_size: 101 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(api.BadRequestError);
    const { problem, headers, message } = error as api.BadRequestError;
    expect(problem?.field_errors).toHaveProperty('page_size');
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(message).toMatch(
      /^get-evses-evse_id-status_logs failed with 400: .*page_size: .*Correct the parameters/,
    );
  });

  test('of a missing scope names the scope', async () => {
    const fake = await fakeApi();
    const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.issueToken({ scopes: ['debug:read'] }) });
    await expect(ev.evses.statusLogs.list(EVSE)).rejects.toThrow(/The token needs the scope evse:read/);
  });

  test('says its message in JSON as well', async () => {
    const error = await errorOf({ status: 404, body: { title: 'Gone' } });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('Gone'),
      status: 404,
      problem: { title: 'Gone' },
    });
  });

  test('of a body that is no problem says how the body starts', async () => {
    expect((await errorOf({ status: 503 })).message).toContain('the body is empty');
    const deep = '{"a":'.repeat(9_000) + '}'.repeat(9_000).replace('}', '1}');
    const json = { 'content-type': 'application/problem+json' };
    expect((await errorOf({ status: 400, headers: json, body: deep })).message).toContain('nested too deep');
    const page = await errorOf({ status: 502, headers: html, body: `<html>\n${'x'.repeat(500)}` });
    expect(page.message).toContain('<html> xxx');
    expect(page.message).toContain('x…');
    expect(page.message.length).toBeLessThan(500);
    expect(page.problem).toBeUndefined();
    expect((await errorOf({ status: 500, body: '["a"]' })).message).toContain('["a"]');
    expect((await errorOf({ status: 500, body: '{"detail": "cut o' })).message).toContain(
      '{"detail": "cut o',
    );
    expect((await errorOf({ status: 500, body: { other: 1 } })).message).toContain('{"other":1}');
  });

  test('of a body that is cut on the wire says how the body starts', async () => {
    const error = await errorOf({
      status: 500,
      cut: 'within',
      body: { title: 'Overloaded', detail: 'x'.repeat(40) },
    });
    expect(error).toBeInstanceOf(api.ServerError);
    expect(error.message).toMatch(
      /failed with 500: \{"title":"Overloaded","detail":"x+…\. The server failed/,
    );
    expect(error.problem).toBeUndefined();
    expect(
      (await errorOf({ status: 500, headers: html, cut: 'within', body: 'é'.repeat(41) })).message,
    ).toMatch(/500: é+…\. /);
  });

  test('shows what a transport with streams of its own read', async () => {
    const fetch = async () =>
      Object.defineProperty(new Response('Bad gateway', { status: 502 }), 'body', { value: { pipe() {} } });
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0, fetch });
    await expect(ev.evseMakes.list()).rejects.toThrow('failed with 502: Bad gateway. ');
  });

  test('keeps its words where the token is as short as one of them', async () => {
    const detail = 'You may not see any company';
    const server = await serve(() => ({ status: 403, body: { detail } }));
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'any' });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problem: { detail }, message: expect.stringContaining(detail) });
  });

  test('takes odd problem members as they come', async () => {
    const error = await errorOf({
      status: 400,
      body: { title: 7, detail: null, field_errors: { a: 'one', b: [2] } },
    });
    expect(error.message).toContain('a: one; b: 2');
  });

  test.each([
    ['not good', 'not good'],
    [['one', 'two'], 'one two'],
    [{ a: 'not good', b: ['one', 'two'] }, 'a: not good; b: one two'],
    [
      { connector: { power: ['too high'] }, tags: [{ name: ['short'] }, 'many'] },
      'connector: {"power":["too high"]}; tags: {"name":["short"]} many',
    ],
    [null, ''],
  ])('shows field errors in whatever shape: %j', async (field_errors, shown) => {
    const error = await errorOf({ status: 400, body: { title: 'No', field_errors } });
    expect(error.message).toContain(`400: No${shown && `; ${shown}`}. Correct the parameters`);
  });

  test.each([
    [405, { allow: 'GET, HEAD' }, /Use a method that the path takes: GET, HEAD$/],
    [405, {}, /Use a method that the path takes$/],
    [406, {}, /Set accept to a media type that the API gives, or leave it out$/],
    [410, {}, /It is gone for good; stop asking for it$/],
    [415, {}, /Set content-type to a media type that the API takes$/],
    [418, {}, /Correct the request; as it is, it fails again$/],
    [429, { 'retry-after': '7' }, /Wait 7 s, or set quota to pace the requests$/],
    [
      429,
      { 'retry-after': 'Mon, 23 Nov 2026 00:46:45 GMT' },
      /Wait until Mon, 23 Nov 2026 00:46:45 GMT, or set quota/,
    ],
    [429, { 'retry-after': 'soon' }, /Wait a while, or set quota/],
    [429, {}, /Wait a while, or set quota/],
    [304, {}, /Nothing has changed; leave out the header if-none-match or if-modified-since/],
    [302, {}, /Redirects \(here to an unknown place\) aren't followed/],
  ])('says what to do about %s %j', async (status, headers, step) => {
    const { message } = await errorOf({ status, headers });
    expect(message).toMatch(new RegExp(`^GET /things failed with ${status}: the body is empty\\. .*`));
    expect(message).toMatch(step);
    expect(message).toBe(message.trim());
  });
});

describe('a success without the JSON that was promised', () => {
  test.each([
    ['an empty body', { body: '' }, 'the body is empty'],
    [
      'HTML',
      { headers: html, body: '<!doctype html><title>Sign in</title>' },
      '(text/html): <!doctype html>',
    ],
    ['truncated JSON', { body: '[{"id": 1}, {"i' }, '[{"id": 1}, {"i'],
    ['plain text', { body: 'pong' }, 'pong'],
  ])('%s', async (_, reply, text) => {
    const error = await errorOf(reply);
    expect(error).toBeInstanceOf(api.UnreadableBodyError);
    expect(error.status).toBe(200);
    expect(error.message).toContain(text);
  });

  test('204, and other methods may have no body', async () => {
    const server = await serve(({ method }) => ({ status: method === 'GET' ? 204 : 200 }));
    const ev = new EvEnergy({ baseUrl: server.url });
    expect(await anyCall(ev, 'GET', '/things')).toBeUndefined();
    expect(await anyCall(ev, 'POST', '/things')).toBeUndefined();
    expect(await anyCall(ev, 'HEAD', '/things')).toBeUndefined();
  });
});

describe('a ConnectionError', () => {
  test('says what the transport said, and where it went', async () => {
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(api.ConnectionError);
    expect(String(error)).toMatch(
      /get-evse_makes got no complete answer from http:\/\/127\.0\.0\.1:9: fetch failed/,
    );
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test('also tells of a body that was cut, and how it starts', async () => {
    const error = await errorOf({ cut: 'within', body: { some: 'thing', more: 'é'.repeat(9) } }, 'POST');
    expect(error).toBeInstanceOf(api.ConnectionError);
    expect(error.message).toMatch(/no complete answer from .*; its body starts: \{"some":"thi\S*…$/);
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect((await errorOf({ cut: 'before' }, 'POST')).message).not.toContain('starts');
  });
});

describe('no token and no secret', () => {
  const secrets = /secret-token|top-secret|secret-refresh|user01HN2NJ9NMRZBXT1H6FT9N7735/;
  const shown = (value: unknown) =>
    [
      inspect(value, { depth: 12, showHidden: true }),
      JSON.stringify(value) ?? '',
      String(value),
      value instanceof Error ? value.stack : '',
    ].join('\n');

  test('is in an error, also when the server repeats it', async () => {
    const echo = { status: 500, headers: html, body: '<pre>authorization: Bearer secret-token</pre>' };
    expect(shown(await errorOf(echo))).not.toMatch(secrets);
    const problem = {
      status: 400,
      body: { title: 'No', detail: 'secret-token', field_errors: { a: ['secret-token'] } },
    };
    expect(shown(await errorOf(problem))).not.toMatch(secrets);
    expect(shown(await errorOf({ body: 'you sent secret-token' }))).not.toMatch(secrets);
    expect(shown(await errorOf({ cut: 'before' }))).not.toMatch(secrets);
    const half = {
      status: 500,
      headers: html,
      cut: 'within' as const,
      body: `you sent secret-token${'.'.repeat(15)}`,
    };
    expect((await errorOf(half)).message).toContain('you sent [redacted]…');
    const cut = await errorOf({ ...half, status: 200 }, 'POST');
    expect(cut).toBeInstanceOf(api.ConnectionError);
    expect(cut.message).toContain('you sent [redacted]…');
    expect(shown(cut)).not.toMatch(secrets);
  });

  test.each([
    ['cut JSON', '{"title":"sent secret\\u002dtoken", "more":"'],
    ['HTML', '<p>sent secret&#45;token</p>'],
    ['HTML', '<p>sent secret&#x2D;token</p>'],
  ])('is in an error when %s escapes a part of it', async (_, body) => {
    const error = await errorOf({ status: 500, headers: html, body });
    expect(error.message).toContain('sent [redacted]');
  });

  test("of the caller's own headers is shown", async () => {
    const server = await serve(({ headers }) => ({
      status: 500,
      headers: { 'content-type': 'text/html', 'x-echo': String(headers['x-api-key']) },
      body: `<p>${headers['x-api-key']}, ${headers.cookie}, ${headers['proxy-authorization']}</p>`,
    }));
    const own = {
      'X-Api-Key': 'secret-token',
      cookie: 'a=1; id=top-secret',
      'Proxy-Authorization': 'Token secret-refresh',
    };
    const events: unknown[] = [];
    const onResponse = (event: api.ResponseEvent) => events.push([...(event.headers ?? [])]);
    const ev = new EvEnergy({ baseUrl: server.url, headers: own, maxRetries: 0, onResponse });
    const error = await ev.evseMakes.retrieve('a').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 500 });
    expect(shown(error)).not.toMatch(secrets);
    expect(shown(events)).not.toMatch(secrets);
  });

  test.each(['secret\\u002dtoken\\u002d0123', 'secret&#45;token&#45;0123', 'secret&#x2d;token&#x2d;0123'])(
    'is in an error when %s is cut anywhere',
    async (escaped) => {
      for (const status of [200, 400])
        for (let length = 9; length < escaped.length; length += 1) {
          const server = await serve(() => {
            const body = `you sent ${escaped.slice(0, length)}`;
            return { status, cut: 'within', body: body.padEnd(2 * body.length, '.') };
          });
          const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token-0123', maxRetries: 0 });
          const error: Error = await anyCall(ev, 'POST', '/x').then(
            () => expect.unreachable(),
            (thrown: unknown) => thrown as Error,
          );
          expect(error.message).toContain('you sent [redacted]…');
        }
    },
  );

  test('is in an error about links, nor anything else of them', async () => {
    for (const link of ['<https://x/>; rel="next" secret-token', '<http://[secret-token>; rel="next"']) {
      const server = await serve(() => ({ headers: { link }, body: [] }));
      const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'secret-token' });
      const error = await ev.evseMakes
        .list()
        .toArray()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(api.PaginationError);
      expect(shown(error)).not.toMatch(secrets);
    }
  });

  test('is in an error when JSON escapes or headers repeat it', async () => {
    const headers = { 'content-type': 'application/json', 'x-echo': 'Bearer secret-token' };
    const body = '{"detail":"secret\\u002dtoken","secret-token":[{"a":["Bearer secret-t\\u006fken"]}]}';
    const error = await errorOf({ status: 400, headers, body });
    expect(error.problem).toEqual({ detail: '[redacted]', '[redacted]': [{ a: ['Bearer [redacted]'] }] });
    expect(error.headers.get('x-echo')).toBe('Bearer [redacted]');
    expect(shown(error)).not.toMatch(secrets);
  });

  test.each([
    ['Bearer secret-token'],
    ['Token  secret-token'],
    ['secret-token'],
    [`Basic ${btoa('id:secret-token')}`],
  ])('is in an error that repeats an authorization of the caller: %s', async (authorization) => {
    const own = authorization.replace(/^\S+\s+/, '');
    const server = await serve(({ headers }) => ({
      status: 400,
      body: { title: `You sent ${headers.authorization}, in it secret-token`, detail: own },
    }));
    const ev = new EvEnergy({ baseUrl: server.url, accessToken: 'another' });
    for (const [client, options] of [
      [ev, { headers: { authorization } }],
      [new EvEnergy({ baseUrl: server.url, headers: { Authorization: authorization } }), {}],
    ] as const) {
      const error = await anyCall(client, 'GET', '/things', options).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(api.BadRequestError);
      expect(shown(error)).not.toContain(own);
      expect(shown(error)).not.toMatch(secrets);
    }
  });

  test('is in the client, its resources, pages and promises', async () => {
    const server = await serve(() => ({ body: [{ id: 'a' }] }));
    const ev = new EvEnergy({
      baseUrl: server.url,
      accessToken: 'secret-token',
      user: 'user01HN2NJ9NMRZBXT1H6FT9N7735',
    });
    const promise = ev.evseMakes.retrieve('a');
    const list = ev.evseMakes.list();
    for (const value of [
      ev,
      ev.evseMakes,
      promise,
      list,
      await list,
      await anyCall(ev, 'GET', '/x').asResponse(),
    ])
      expect(shown(value)).not.toMatch(secrets);
    await promise;
  });

  test('is in a token source', () => {
    const application = { clientId: 'id', clientSecret: 'top-secret' };
    expect(shown(api.clientCredentials(application))).not.toMatch(secrets);
    expect(shown(api.refreshToken({ ...application, refreshToken: 'secret-refresh' }))).not.toMatch(secrets);
    expect(shown(new EvEnergy(application))).not.toMatch(secrets);
  });

  test('is in the error about a token that no header can carry', async () => {
    expect(() => new EvEnergy({ accessToken: 'secret-token\n' })).toThrow(/^accessToken: /);
    expect(() => new EvEnergy({ accessToken: 'secret-token\n' })).not.toThrow(secrets);
    const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1:9', accessToken: () => 'secret-token\n' });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(api.ConfigurationError);
    expect(shown(error)).not.toMatch(secrets);
  });
});
