import { onTestFinished } from 'vitest';
import { type Fake, type FakeOptions, startFake } from '../../src/testing/index.js';

/** The EVSE whose logs the fake has most of. */
export const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';

/** A fake for one test, closed at its end. */
export async function fakeApi(options: FakeOptions = {}): Promise<Fake> {
  const fake = await startFake({ rateLimit: 1_000_000, ...options });
  onTestFinished(() => fake.close());
  return fake;
}

/** The requests that reached the API, without those to the OAuth endpoints. */
export function apiRequests(fake: Fake): Fake['requests'] {
  return fake.requests.filter(({ endpoint }) => endpoint === 'api');
}
