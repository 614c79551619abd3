import { describe, expect, test } from 'vitest';
import { fakeApi } from '../../scripts/test/fake.js';
import { authorizationUrl, EvEnergy, exchangeCode, OAuthError, revoke } from '../index.js';

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
