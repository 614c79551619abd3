import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import {
  authorizationUrl,
  ConfigurationError,
  EvEnergy,
  type ExchangeCodeOptions,
  exchangeCode,
  OAuthError,
  refreshToken,
  revoke,
} from '../../index.js';

const redirectUri = 'https://app.example.com/callback';

async function begin(scope?: string) {
  const fake = await fakeApi();
  const application = { baseUrl: fake.url, clientId: fake.clientId, clientSecret: fake.clientSecret };
  const request = await authorizationUrl({ ...application, redirectUri, scope });
  const consent = async () => {
    const response = await fetch(request.url, { redirect: 'manual' });
    return response.headers.get('location') ?? '';
  };
  return { fake, application, request, consent };
}

test('the URL carries what the server needs, with PKCE, and no secret', async () => {
  const { fake, request } = await begin('evse:read');
  const url = new URL(request.url);
  expect(url.origin + url.pathname).toBe(fake.authorizationUrl);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: fake.clientId,
    redirect_uri: redirectUri,
    scope: 'evse:read',
    state: request.state,
    code_challenge_method: 'S256',
  });
  expect(request.url).not.toContain(request.codeVerifier);
  expect(request.url).not.toContain(fake.clientSecret);
});

test('two sign-ins share nothing', async () => {
  const options = { clientId: 'a', redirectUri };
  const [one, two] = [await authorizationUrl(options), await authorizationUrl(options)];
  expect(one.state).not.toBe(two.state);
  expect(one.codeVerifier).not.toBe(two.codeVerifier);
  expect(one.url).toMatch(/^https:\/\/api\.ev\.energy\/o\/authorize\/\?/);
});

test('the code is exchanged for tokens, which work and can be revoked', async () => {
  const { fake, application, request, consent } = await begin();
  const tokens = await exchangeCode({
    ...application,
    ...request,
    redirectUri,
    callbackUrl: await consent(),
  });
  expect(tokens.refreshToken).toEqual(expect.any(String));
  expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: tokens.accessToken });
  await ev.evseMakes.list();
  await revoke({ ...application, token: tokens.accessToken, tokenType: 'access_token' });
  await expect(ev.evseMakes.list()).rejects.toMatchObject({ status: 401 });
  await revoke({ ...application, token: 'never issued' });
});

describe('refused', () => {
  test("another sign-in's callback", async () => {
    const { application, request, consent } = await begin();
    const callbackUrl = await consent();
    const mixed = { ...application, ...request, state: 'other', redirectUri, callbackUrl };
    await expect(exchangeCode(mixed)).rejects.toThrow(OAuthError);
    await expect(exchangeCode(mixed)).rejects.toThrow(/^state: .*begin the sign-in again$/);
  });

  test('another verifier', async () => {
    const { application, request, consent } = await begin();
    const codeVerifier = request.codeVerifier.replace(/^.{5}/, 'AAAAA');
    const mixed = { ...application, ...request, codeVerifier, redirectUri, callbackUrl: await consent() };
    await expect(exchangeCode(mixed)).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  test('a user who said no', async () => {
    const { application, request } = await begin();
    const callbackUrl = `${redirectUri}?error=access_denied&state=${request.state}`;
    await expect(
      exchangeCode({ ...application, ...request, redirectUri, callbackUrl }),
    ).rejects.toMatchObject({
      code: 'access_denied',
      message: expect.stringContaining('said no'),
    });
  });

  test('endpoints where credentials would be in the clear', async () => {
    const options = { clientId: 'a', redirectUri, authorizationUrl: 'http://example.com/authorize' };
    await expect(authorizationUrl(options)).rejects.toThrow(/^authorizationUrl: .*https/);
    const plain = { clientId: 'a', clientSecret: 'b', token: 't', revocationUrl: 'http://example.com' };
    await expect(revoke(plain)).rejects.toThrow(/^revocationUrl: .*https/);
  });
});

describe('a sign-in that cannot go on names the argument and sends nothing', () => {
  const callbackUrl = `${redirectUri}?code=granted-7&state=state-1`;
  const signIn = { clientId: 'a', redirectUri, callbackUrl, state: 'state-1', codeVerifier: 'v'.repeat(43) };

  async function refusal(change: object): Promise<Error> {
    const server = await serve(() => ({ status: 500 }));
    const options = { ...signIn, baseUrl: server.url, ...change } as ExchangeCodeOptions;
    const error = await exchangeCode(options).catch((thrown: unknown) => thrown);
    expect(server.requests).toEqual([]);
    expect(String(error)).not.toMatch(/granted-7|state-1|tokenUrl/);
    return error as Error;
  }

  test.each([
    ['another state', `${redirectUri}?code=granted-7&state=state-2`, /^state: .*begin the sign-in again$/],
    ['no state', `${redirectUri}?code=granted-7`, /^state: .*begin the sign-in again$/],
    ['no code', `${redirectUri}?state=state-1`, /^callbackUrl: must hold one code; pass the whole URL/],
    ['two codes', `${callbackUrl}&code=granted-8`, /^callbackUrl: must hold one code; pass the whole URL/],
    ['a token', `${callbackUrl}&token=granted-7`, /^callbackUrl: implicit .*; pass the URL .* unchanged$/],
  ])('a callback with %s', async (_, changed, message) => {
    const error = await refusal({ callbackUrl: changed });
    expect(error).toBeInstanceOf(OAuthError);
    expect(error.message).toMatch(message);
  });

  test.each([
    [
      'callbackUrl',
      '/callback?code=granted-7&state=state-1',
      /is not an absolute URL.* new URL\(request\.url, /,
    ],
    ['callbackUrl', undefined, /is not an absolute URL/],
    ['redirectUri', undefined, /is not an absolute URL; .* registered$/],
    ['redirectUri', '/callback', /is not an absolute URL; .* registered$/],
    ['state', undefined, /is missing; pass what authorizationUrl gave/],
    ['codeVerifier', '', /is missing; pass what authorizationUrl gave/],
  ])('%s: %s', async (name, value, message) => {
    const error = await refusal({ [name]: value });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(new RegExp(`^${name}: ${message.source}`));
  });

  test('a URL to send the user to needs the URL to come back to', async () => {
    for (const given of [undefined, '', 'callback']) {
      const options = { redirectUri: given as string, authorizationUrl: 'http://example.com/' };
      await expect(authorizationUrl(options)).rejects.toThrow(ConfigurationError);
      await expect(authorizationUrl(options)).rejects.toThrow(
        /^redirectUri: is not an absolute URL; .* registered$/,
      );
    }
  });

  test('a token to revoke is needed', async () => {
    const options = { clientId: 'a', token: undefined as unknown as string };
    await expect(revoke(options)).rejects.toThrow(/^token: is missing; pass/);
  });
});

test('a revocation that fails says so, and which options to check', async () => {
  const server = await serve(() => ({ status: 500 }));
  const failing = revoke({ baseUrl: server.url, clientId: 'a', token: 'never issued' });
  await expect(failing).rejects.toThrow(
    /revoke.* did not revoke: .*\(status 500\); check revocationUrl and baseUrl$/,
  );
});

test('refreshToken takes what the exchange gave, as it is or kept as JSON in a session', async () => {
  const { fake, application, request, consent } = await begin('evse:read');
  const tokens = await exchangeCode({
    ...application,
    ...request,
    redirectUri,
    callbackUrl: await consent(),
  });
  vi.stubEnv('EV_ENERGY_BASE_URL', fake.url);
  vi.stubEnv('EV_ENERGY_CLIENT_ID', fake.clientId);
  vi.stubEnv('EV_ENERGY_CLIENT_SECRET', fake.clientSecret);
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const given of [tokens, JSON.parse(JSON.stringify(tokens))]) {
    const ev = new EvEnergy({ auth: refreshToken(given) });
    expect((await ev.evses.list({ page_size: 1 })).data).toHaveLength(1);
  }
  expect(() => refreshToken({ ...tokens, expiresAt: 'soon' })).toThrow(
    'expiresAt: is not a date; pass the one from the code exchange',
  );
});
