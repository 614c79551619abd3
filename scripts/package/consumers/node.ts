// Type-checked by every supported TypeScript with strict library checks, in a project with Node's types and without
// the browser's.
import { EvEnergy, type Fetch } from 'ev-energy-client';
import {
  type ContractViolation,
  check,
  checkExchange,
  conforms,
  loadContract,
} from 'ev-energy-client/contract';
import { exportCollection, ndjsonSink, workOnExport } from 'ev-energy-client/export';
import { fileTokenStore } from 'ev-energy-client/node';
import { type RedisStores, redisStores } from 'ev-energy-client/redis';
import { type Fake, rateLimited, startFake } from 'ev-energy-client/testing';
import { type UndiciTransport, undiciTransport } from 'ev-energy-client/undici';
import { validators } from 'ev-energy-client/validators';

const transport: Fetch = (url, init) => fetch(url, init);

export const ev = new EvEnergy({ fetch: transport, validators, validate: 'error' });

export const sharing = new EvEnergy({ tokenStore: fileTokenStore('tokens.json') });

export async function exportLogs(): Promise<number> {
  const sink = ndjsonSink('logs');
  // @ts-expect-error: since is needed
  await exportCollection(ev, { collection: 'evses.statusLogs', sink });
  await workOnExport(ev, { collection: 'evses.statusLogs', sink, redis: 'redis://redis.example:6379' });
  return (await exportCollection(ev, { collection: 'evses.statusLogs', since: new Date(), sink })).items;
}

export function onManyMachines(): EvEnergy {
  const stores: RedisStores = redisStores({ redis: 'redis://redis.example:6379', onUnavailable: 'alone' });
  // @ts-expect-error: no such stance
  redisStores({ redis: 'redis://redis.example:6379', onUnavailable: 'wait' });
  return new EvEnergy({ tokenStore: stores.tokens, quota: { store: stores.quota, reserve: 100 } });
}

export async function throughProxy(): Promise<number> {
  const proxied: UndiciTransport = undiciTransport({ proxy: 'http://proxy.example:8080', connections: 10 });
  const { data } = await new EvEnergy({ fetch: proxied }).evseMakes.list();
  await proxied.close();
  // @ts-expect-error: no such option
  undiciTransport({ proxi: 'http://proxy.example:8080' });
  return data.length;
}

export async function names(signal: AbortSignal): Promise<string[]> {
  const makes = await ev.evseMakes.list({}, { signal }).toArray({ limit: 10 });
  return makes.map((make) => make.name);
}

export async function tryFake(): Promise<number | undefined> {
  const fake: Fake = await startFake({ statusLogs: 10 });
  fake.faults.next(rateLimited(0));
  await fetch(`${fake.url}/evse_makes`);
  await fake.close();
  return fake.requests[0]?.status;
}

export async function tryContract(): Promise<string[]> {
  const contract = await loadContract(new URL('file:///openapi.yaml').pathname);
  const violations: ContractViolation[] = await checkExchange(
    { url: '/evse_makes', status: 200, headers: {}, body: [] },
    { contract },
  );
  // @ts-expect-error: a status is needed
  await checkExchange({ url: '/evse_makes', headers: {} });
  void check;
  void conforms;
  return violations.map(({ rule, where }) => `${rule} at ${where}`);
}
