import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { EvEnergy } from '../../../src/index.js';
import { redisStores } from '../../../src/redis/index.js';
import type { Fake } from '../../../src/testing/index.js';
import type { RedisServer } from '../servers/redis-server.js';

export const SINCE = '2026-06-20';
export const UNTIL = '2026-07-02';

export function clientOf(fake: Fake, redis: RedisServer, reserve = 0): EvEnergy {
  const stores = redisStores({ redis: redis.url, patience: 10_000 });
  onTestFinished(() => stores.close());
  const { url: baseUrl, clientId, clientSecret } = fake;
  return new EvEnergy({
    baseUrl,
    clientId,
    clientSecret,
    tokenStore: stores.tokens,
    quota: { store: stores.quota, reserve },
    backoff: { initial: 20, max: 200 },
  });
}

/** All logs of the fake from then on, one per line, in the order of EVSE and time. */
export function served(fake: Fake): string[] {
  const evses = fake.world.store.collection('/evses', [])?.items ?? [];
  return evses
    .flatMap(({ id }) => fake.world.store.collection('/evses/{}/status_logs', [String(id)])?.items ?? [])
    .filter((log) => String(log.sampled_at) >= SINCE)
    .map((log) => JSON.stringify(log))
    .sort();
}

export async function written(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).sort();
}

export const tokenRequests = (fake: Fake) =>
  fake.requests.filter(({ endpoint }) => endpoint === 'token').length;
