import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { request } from '../../../scripts/test/http.js';
import { type Fake, startFake } from '../index.js';

let now = Date.now();
let fake: Fake;
beforeAll(async () => {
  fake = await startFake({
    now: () => now,
    clients: [
      {
        id: 'web',
        secret: 's&cret +/',
        scopes: ['evse:read'],
        redirectUris: ['https://app.example.com/back'],
      },
      { id: 'phone' },
    ],
  });
});
afterAll(() => fake.close());

const REDIRECT = 'https://app.example.com/back';
const VERIFIER = 'a-verifier-of-43-characters-or-more-0123456';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

const post = (url: string, form: Record<string, string>, authorization?: string) =>
  request(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: authorization ? { authorization } : {},
  });

const token = (form: Record<string, string>, authorization = basic('web', 's&cret +/')) =>
  post(fake.tokenUrl, form, authorization);

const api = async (accessToken: string) => {
  const path = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';
  return (await request(`${fake.url}${path}`, { token: accessToken })).status;
};

describe('client credentials', () => {
  test('give a token that works', async () => {
    const { status, body, headers } = await token({ grant_type: 'client_credentials' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 36_000,
      scope: 'evse:read',
    });
    expect(await api(body.access_token)).toBe(200);
  });

  test.each([
    ['a wrong secret', { grant_type: 'client_credentials' }, basic('web', 'wrong'), 401, 'invalid_client'],
    ['an unknown client', { grant_type: 'client_credentials' }, basic('who', 'x'), 401, 'invalid_client'],
    [
      'a scope too many',
      { grant_type: 'client_credentials', scope: 'evse:write' },
      undefined,
      400,
      'invalid_scope',
    ],
    ['no grant type', {}, undefined, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, undefined, 400, 'unsupported_grant_type'],
  ])('%s is refused', async (_, form, authorization, status, error) => {
    const answer = await token(form as Record<string, string>, authorization);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  });

  test('belong into the Basic header', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'web', client_secret: 's&cret +/' };
    expect((await post(fake.tokenUrl, form)).status).toBe(401);
    const publicClient = await post(fake.tokenUrl, { grant_type: 'client_credentials', client_id: 'phone' });
    expect(publicClient.body.error).toBe('unauthorized_client');
  });
});

describe('authorization code', () => {
  const authorize = (query: Record<string, string>) =>
    request(`${fake.authorizationUrl}?${new URLSearchParams(query)}`);
  const ask = {
    response_type: 'code',
    client_id: 'web',
    redirect_uri: REDIRECT,
    state: 'xyz',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  };
  const exchange = (code: string, change: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...change,
    });
  const codeOf = async () => {
    const { status, headers } = await authorize(ask);
    expect(status).toBe(302);
    const location = new URL(headers.get('location') ?? '');
    expect(location.searchParams.get('state')).toBe('xyz');
    return location.searchParams.get('code') ?? '';
  };

  test('gives tokens of a user, once', async () => {
    const code = await codeOf();
    const { body } = await exchange(code);
    expect(body).toMatchObject({ refresh_token: expect.any(String), scope: 'evse:read' });
    expect(await api(body.access_token)).toBe(200);
    // The second use means that the code was stolen, so everything issued for it is revoked.
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    expect(await api(body.access_token)).toBe(401);
  });

  test('expires after a minute and fits only its own request', async () => {
    expect((await exchange(await codeOf(), { code_verifier: 'other' })).body.error).toBe('invalid_grant');
    expect((await exchange(await codeOf(), { redirect_uri: `${REDIRECT}/` })).body.error).toBe(
      'invalid_grant',
    );
    expect((await exchange('unknown')).body.error).toBe('invalid_grant');
    const code = await codeOf();
    now += 60_000;
    expect((await exchange(code)).body.error).toBe('invalid_grant');
  });

  test('reports mistakes to the client, but never to an address that is not its own', async () => {
    for (const change of [{ redirect_uri: 'https://evil.example.com' }, { client_id: 'who' }]) {
      const { status, body } = await authorize({ ...ask, ...change });
      expect([status, body.error]).toEqual([400, 'invalid_request']);
    }
    for (const [change, error] of [
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ scope: 'debug:read' }, 'invalid_scope'],
    ] as const) {
      const { headers } = await authorize({ ...ask, ...change });
      expect(new URL(headers.get('location') ?? '').searchParams.get('error')).toBe(error);
    }
  });

  test('works for a public client with PKCE only', async () => {
    const redirectUri = 'http://127.0.0.1:1234/back';
    expect(() => fake.authorize({ clientId: 'phone', redirectUri })).toThrow('code_challenge');
    const code = fake.authorize({ clientId: 'phone', redirectUri, codeChallenge: CHALLENGE });
    const { body } = await post(fake.tokenUrl, {
      grant_type: 'authorization_code',
      client_id: 'phone',
      redirect_uri: redirectUri,
      code,
      code_verifier: VERIFIER,
    });
    expect(await api(body.access_token)).toBe(200);
  });
});

describe('refresh tokens', () => {
  const issue = async () => {
    const code = fake.authorize({ clientId: 'web', redirectUri: REDIRECT });
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    return (await token(form)).body;
  };
  const refresh = (refreshToken: string) =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken });

  test('rotate', async () => {
    const first = await issue();
    const second = (await refresh(first.refresh_token)).body;
    expect(await api(second.access_token)).toBe(200);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  test('survive a request for too large a scope', async () => {
    const { refresh_token: refreshToken } = await issue();
    const greedy = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'debug:read' };
    expect((await token(greedy)).body.error).toBe('invalid_scope');
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test('can be revoked, with all that came along', async () => {
    const issued = await issue();
    const answer = await post(fake.revocationUrl, { token: issued.refresh_token }, basic('web', 's&cret +/'));
    expect(answer.status).toBe(200);
    expect(await api(issued.access_token)).toBe(401);
    expect((await refresh(issued.refresh_token)).body.error).toBe('invalid_grant');
  });
});

describe('revocation', () => {
  test('ends an access token, and takes one that it does not know', async () => {
    const { access_token: accessToken } = (await token({ grant_type: 'client_credentials' })).body;
    for (const value of [accessToken, 'unknown']) {
      expect((await post(fake.revocationUrl, { token: value }, basic('web', 's&cret +/'))).status).toBe(200);
    }
    expect(await api(accessToken)).toBe(401);
    expect((await post(fake.revocationUrl, { token: 'x' }, basic('web', 'wrong'))).status).toBe(401);
    expect((await post(fake.revocationUrl, {}, basic('web', 's&cret +/'))).body.error).toBe(
      'invalid_request',
    );
  });
});

test('the endpoints know one method and one spelling', async () => {
  for (const url of [fake.tokenUrl, fake.revocationUrl]) {
    expect((await request(url)).status).toBe(405);
    expect((await request(url.replace(/\/$/, ''), { method: 'POST' })).status).toBe(405);
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect((await request(url, json)).body.error).toBe('invalid_request');
  }
});

test('all access tokens can be made stale at once', async () => {
  const { access_token: accessToken } = (await token({ grant_type: 'client_credentials' })).body;
  fake.world.tokens.expireAll();
  expect(await api(accessToken)).toBe(401);
});
