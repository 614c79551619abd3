import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { request } from '../../../scripts/test/http.js';
import { type Fake, startFake } from '../index.js';

let fake: Fake;
beforeAll(async () => {
  fake = await startFake({ rateLimit: 100_000 });
});
afterAll(() => fake.close());

const MAKES = '/evse_makes';
const LOGS = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';

describe('tokens', () => {
  test('are needed where the operation is not public', async () => {
    expect((await request(`${fake.url}${MAKES}`)).status).toBe(200);
    const { status, headers, body } = await request(`${fake.url}${LOGS}`);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="api"');
    expect(body).toMatchObject({ title: 'Unauthorized', status: 401 });
  });

  test.each(['Bearer wrong', 'Bearer', 'Basic dTpw', 'wrong'])(
    '%s is refused everywhere',
    async (authorization) => {
      for (const path of [MAKES, LOGS]) {
        expect((await request(`${fake.url}${path}`, { headers: { authorization } })).status).toBe(401);
      }
    },
  );

  test('expire', async () => {
    let now = Date.now();
    const own = await startFake({ tokenLifetime: 60, now: () => now });
    const status = async () => (await request(`${own.url}${LOGS}`, { token: own.token })).status;
    now += 59_000;
    expect(await status()).toBe(200);
    now += 1_000;
    expect(await status()).toBe(401);
    await own.close();
  });

  test('open only what their scopes allow', async () => {
    const token = fake.issueToken({ scopes: ['debug:read'] });
    const { status, headers } = await request(`${fake.url}${LOGS}`, { token });
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toContain('insufficient_scope');
    expect((await request(`${fake.url}${MAKES}`, { token })).status).toBe(200);
  });
});

describe('rate limits', () => {
  test('count down over a rolling hour, each caller apart', async () => {
    let now = 0;
    const own = await startFake({ rateLimit: { limit: 3, anonymous: 2 }, now: () => now });
    const remaining = async (token?: string) => {
      const { status, headers } = await request(`${own.url}${MAKES}`, token ? { token } : {});
      return [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')].join(' ');
    };
    expect(await remaining(own.token)).toBe('200 3 2');
    now += 1_000_000;
    expect(await remaining(own.token)).toBe('200 3 1');
    expect(await remaining(own.issueToken())).toBe('200 3 0');
    expect(await remaining(own.token)).toBe('429 3 0');
    expect(await remaining()).toBe('200 2 1');
    expect(await remaining(own.issueToken({ userId: 'user01HN2NJ9NMRZBXT1H6FT9N7735' }))).toBe('200 3 2');

    const { headers, body } = await request(`${own.url}${MAKES}`, { token: own.token });
    expect(headers.get('retry-after')).toBe('2600');
    expect(body).toMatchObject({
      type: 'https://api.ev.energy/v2/problems/rate-limit-exceeded/',
      status: 429,
    });
    now += 2_600_000;
    expect(await remaining(own.token)).toBe('200 3 0');
    await own.close();
  });

  test('appear on every answer, and refusals for want of a token use nothing up', async () => {
    const own = await startFake({ rateLimit: { anonymous: 2 } });
    for (const path of [LOGS, LOGS, LOGS]) {
      const { headers } = await request(`${own.url}${path}`);
      expect(headers.get('x-ratelimit-remaining')).toBe('2');
    }
    for (const [path, left] of [
      ['/nowhere', '1'],
      [`${MAKES}?page_size=0`, '0'],
    ] as const) {
      const { headers } = await request(`${own.url}${path}`);
      expect(headers.get('x-ratelimit-remaining')).toBe(left);
      expect(headers.get('evenergy-version')).toBe('2');
    }
    await own.close();
  });
});

describe('versions', () => {
  test('are echoed, the default when none is asked for', async () => {
    for (const version of [undefined, '2', '2.0']) {
      const headers = version === undefined ? {} : { 'EvEnergy-Version': version };
      const answer = await request(`${fake.url}${MAKES}`, { headers, token: fake.token });
      expect([answer.status, answer.headers.get('evenergy-version')]).toEqual([200, '2']);
    }
  });

  test.each(['1', '2.1', '99', 'two'])('%s is not supported', async (version) => {
    const headers = { 'EvEnergy-Version': version };
    const { status, body } = await request(`${fake.url}${MAKES}`, { headers, token: fake.token });
    expect([status, body.title]).toEqual([400, 'Unsupported version']);
  });
});

describe('what HTTP asks for', () => {
  test('unknown paths are not found, unknown methods not allowed', async () => {
    for (const url of [`${fake.url}/nowhere`, new URL('/evse_makes', fake.url).href]) {
      expect((await request(url, { token: fake.token })).status).toBe(404);
    }
    for (const method of ['POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
      const { status, headers } = await request(`${fake.url}${MAKES}`, { method, token: fake.token });
      expect([status, headers.get('allow')]).toEqual([405, 'GET']);
    }
  });

  test.each([
    ['text/html', 406],
    ['application/xml, application/json;q=0', 406],
    ['application/json;q=0, */*', 406],
    ['application/json', 200],
    ['application/*;q=0.1', 200],
    ['text/html, */*;q=0.8', 200],
  ])('Accept: %s gives %i', async (accept, expected) => {
    const { status, headers } = await request(`${fake.url}${MAKES}`, {
      headers: { accept },
      token: fake.token,
    });
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toBe(
      expected === 200 ? 'application/json' : 'application/problem+json',
    );
  });
});
