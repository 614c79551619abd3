import { EvEnergy } from '../../../src/index.js';
import { APP, EVSE, MAKE, TOKEN, USER } from './request.js';
import type { Subject } from './subject.js';

const nothing = () => {};

export const plain = subject(
  (baseUrl) => new EvEnergy({ baseUrl, accessToken: TOKEN, user: USER, appInfo: APP }),
);

/** The client with everything that an option can switch on, but for what `limited` has. */
export const everything = subject((baseUrl) => everythingOn(baseUrl));

/** A time limit of one's own is measured apart: it gives each request an `AbortController`, which raw `fetch` does without. */
export const limited = subject((baseUrl) => everythingOn(baseUrl, { timeout: 10_000 }));

function everythingOn(baseUrl: string, limit: { timeout?: number } = {}): EvEnergy {
  return new EvEnergy({
    ...limit,
    baseUrl,
    clientId: 'id',
    clientSecret: 'secret',
    user: USER,
    quota: { reserve: 10 },
    validate: 'error',
    onRequest: nothing,
    onResponse: nothing,
    onRetry: nothing,
    appInfo: APP,
  });
}

function subject(client: (baseUrl: string) => EvEnergy): Subject {
  return {
    retrieve: (base) => {
      const ev = client(base);
      return () => ev.evseMakes.retrieve(MAKE);
    },
    walk: (base) => {
      const ev = client(base);
      return () => dataOf(ev.evses.statusLogs.list(EVSE).pages());
    },
  };
}

export async function* dataOf<T>(pages: AsyncIterable<{ data: T }>): AsyncGenerator<T> {
  for await (const { data } of pages) yield data;
}
