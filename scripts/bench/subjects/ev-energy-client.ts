import { EvEnergy, type EvEnergyOptions } from '../../../src/index.js';
import { undiciTransport } from '../../../src/undici/index.js';
import { validators } from '../../../src/validators.js';
import { APP, EVSE, MAKE, TOKEN, USER } from './request.js';
import type { Subject } from './subject.js';

const nothing = () => {};

export const plain = subject(
  (baseUrl) => new EvEnergy({ baseUrl, accessToken: TOKEN, user: USER, appInfo: APP }),
);

/** The client with every option switched on. */
export const everything = subject(
  (baseUrl) => new EvEnergy({ ...everythingOn(baseUrl), validators, validate: 'error' }),
);

/** The same without validation, on undici's own `request`. */
export const overUndici = subject(
  (baseUrl) => new EvEnergy({ ...everythingOn(baseUrl), fetch: undiciTransport() }),
);

function everythingOn(baseUrl: string): EvEnergyOptions {
  return {
    baseUrl,
    clientId: 'id',
    clientSecret: 'secret',
    user: USER,
    timeout: 10_000,
    quota: { reserve: 10 },
    onRequest: nothing,
    onResponse: nothing,
    onRetry: nothing,
    appInfo: APP,
  };
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
