import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../index.js';

describe('the option cors', () => {
  let fake: Fake;
  beforeAll(async () => {
    fake = await startFake({ cors: true });
  });
  afterAll(() => fake.close());

  it('answers a preflight without counting it as a request of the API', async () => {
    const response = await fetch(`${fake.url}/evse_makes`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://app.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,evenergy-version',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,evenergy-version');
    expect(fake.requests).toEqual([]);
  });

  it('shares answers and their headers, errors included', async () => {
    for (const path of ['/evse_makes', '/nowhere']) {
      const response = await fetch(`${fake.url}${path}`);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-expose-headers')).toBe('*');
    }
  });

  it('is off by default', async () => {
    await using strict = await startFake();
    const response = await fetch(`${strict.url}/evse_makes`);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${strict.url}/evse_makes`, { method: 'OPTIONS' })).status).toBe(405);
  });
});
