import { expect, test } from 'vitest';
import { Random } from '../made/random.js';
import { MemoryStore } from '../resources/store.js';
import { sampleData } from './index.js';

const dataset = sampleData()('https://api.example.com/v2');
const store = new MemoryStore(dataset.tables, []);
const items = (path: string, ...keys: string[]) => store.collection(path, keys)?.items ?? [];

test('every reference names a resource', () => {
  for (const evse of items('/evses')) {
    for (const field of ['model', 'user', 'latest_status_log', 'ct_clamp']) {
      if (evse[field] !== null) expect(store.resolve(String(evse[field])), String(evse[field])).toBeDefined();
    }
  }
  for (const model of items('/evse_models')) expect(store.resolve(String(model.make))).toBeDefined();
  for (const clamp of items('/ct_clamps'))
    expect(store.resolve(String(clamp.evse))?.item.ct_clamp).toBe(clamp.url);
});

test('a resource is found under every spelling of its URL', () => {
  const [evse] = items('/evses');
  for (const url of [`https://other.example.com/v2/evses/${evse?.id}`, `http://x/evses/${evse?.id}/`]) {
    expect(store.resolve(url)?.item).toBe(evse);
  }
  for (const url of ['no url', 'https://x/unknown/1', 'https://x/evses/unknown']) {
    expect(store.resolve(url)).toBeUndefined();
  }
});

test('the status logs of the first EVSE show every mode, every pilot state and nulls', () => {
  const [evse] = items('/evses');
  const logs = items('/evses/{evse_id}/status_logs', String(evse?.id));
  expect(new Set(logs.map(({ mode }) => mode)).size).toBe(11);
  expect(new Set(logs.map(({ control_pilot_status: status }) => status)).size).toBe(7);
  for (const log of logs) expect(String(log.logged_at) > String(log.sampled_at)).toBe(true);
});

test('there is an EVSE of each lifecycle state and lock mode, one that never reported and some long silent', () => {
  const evses = items('/evses');
  expect(new Set(evses.map(({ lifecycle_state: state }) => state)).size).toBe(10);
  expect(new Set(evses.map(({ lock_mode: mode }) => mode)).size).toBe(4);
  const silent = evses.filter(({ latest_status_log: latest }) => latest === null);
  expect(silent).toHaveLength(1);
  expect(items('/evses/{}/status_logs', String(silent[0]?.id))).toEqual([]);
});

test.each([0, -1, 1.5, Number.NaN])('%d status logs are refused', (statusLogs) => {
  expect(() => sampleData({ statusLogs })).toThrow('statusLogs must be a whole number from 1');
});

test('random numbers stay within their bounds and reach them', () => {
  const random = new Random('seed');
  const drawn = new Set(Array.from({ length: 1000 }, () => random.integer(3, 6)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
});
