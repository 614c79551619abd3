import { onTestFinished } from 'vitest';
import { EvEnergy } from '../../src/index.js';
import {
  cutBody,
  type Fake,
  type FakeOptions,
  rateLimited,
  reset,
  startFake,
  unavailable,
} from '../../src/testing/index.js';

/** The EVSE with the most logs in the fake. */
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

/** Walks over this many logs while one in `oneIn` requests fails, in every way that is retried. */
export async function faultyWalk({ logs, oneIn }: { logs: number; oneIn: number }) {
  const fake = await fakeApi({ statusLogs: logs, record: false });
  const faults = [rateLimited(0), unavailable(), unavailable({ body: '' }), reset(), cutBody()];
  fake.faults.randomly({ oneIn, faults });
  let retries = 0;
  const onRetry = () => {
    retries += 1;
  };
  const backoff = { initial: 1, max: 1 };
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, backoff, maxRetries: 5, onRetry });
  const times: string[] = [];
  for await (const { sampled_at } of ev.evses.statusLogs.list(EVSE)) times.push(sampled_at ?? '');
  return { retries, times };
}
