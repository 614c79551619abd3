import { expect, test } from 'vitest';
import { Budget } from '../src/contract/exchange/budget.js';
import { type CheckResult, check } from '../src/contract/index.js';
import { HarmlessServer, type Weather } from './harmless.js';
import { contract, few, rules } from './kit.js';
import { logs, weathers } from './weathers.js';

/** Checks a live server on which harmless things happen, as the command does by default. */
async function checkIn(weather: Weather, seed: number, operations = few): Promise<CheckResult> {
  const { target } = await HarmlessServer.start(contract, weather, seed);
  try {
    return await check({ contract, rules, target, operations, budget: new Budget(undefined, 100) });
  } finally {
    await target.stop();
  }
}

test.each(Object.entries(weathers))('%s: nothing is wrong', async (_, weather) => {
  const { violations, requests, incomplete } = await checkIn(weather, 1);
  expect(violations).toEqual([]);
  expect(incomplete).toBeUndefined();
  // Without objects two of the three operations are left.
  expect(requests).toBeGreaterThan(weather.parents === 0 ? 50 : 80);
});

/** They retrieve an item that one of those few lists. */
const ofOne = contract.operations.filter(
  ({ method, path }) =>
    method === 'GET' &&
    few.some((list) => /^\/\{[^{}]+\}$/.test(path.slice(list.path.length)) && path.startsWith(list.path)),
);

test.each(['new logs all the time, while old ones expire', 'a replica that is behind'])(
  '%s: an item that was listed may be gone, or not be everywhere yet',
  async (name) => {
    const { violations, incomplete } = await checkIn(weathers[name] ?? {}, 101, ofOne);
    expect(violations).toEqual([]);
    expect(incomplete).toBeUndefined();
  },
);

/** What one answer shows to be wrong, even if items come and go. */
const wrongs = {
  'range-bounds': (request: Request, send: typeof fetch) =>
    send(new Request(request.url.replaceAll('__gte', '__other'), request)),
  'retrieve-id': async (request: Request, send: typeof fetch) => {
    const answer = await send(request);
    const text = await answer.text();
    const isOne = /status_logs\/./.test(request.url);
    return new Response(isOne ? text.replace(/("sampled_at":\s*")\d{4}/, '$12001') : text, answer);
  },
};

test.each(Object.entries(wrongs))('new logs all the time: %s is found all the same', async (id, spoil) => {
  const { target } = await HarmlessServer.start(contract, logs, 1);
  const operations = contract.operations.filter(({ path }) => path.includes('/status_logs'));
  const spoiled: typeof fetch = (input, init) => spoil(new Request(input, init), target.fetch ?? fetch);
  const options = { contract, operations, rules: rules.filter((rule) => rule.id === id) };
  const { violations } = await check({ ...options, target: { ...target, fetch: spoiled } });
  expect(violations.map(({ rule }) => rule)).toContain(id);
});

let reads = 0;

/** What two replicas show by turns, on each of which the value changes after some readings. */
function byTurns(): number {
  reads += 1;
  return (reads % 2) * 50 + (Math.floor(reads / 3) % 50);
}

test.each([
  ['the first item is another each time, which is no violation', (text: string) => text, []],
  [
    'a value that is another each time is found',
    (text: string) => text.replaceAll(/("signal_strength_rssi_dbm":\s*)[^,}]+/g, `$1${-(reads++ % 100)}`),
    ['repeat-agrees'],
  ],
  [
    'two values by turns, of which each changes meanwhile, are no violation',
    (text: string) => text.replaceAll(/("signal_strength_rssi_dbm":\s*)[^,}]+/g, `$1${-byTurns()}`),
    [],
  ],
])('new logs on two replicas: %s', async (_, spoil, found) => {
  const { target } = await HarmlessServer.start(contract, { logs: 40, lag: 2000, latency: [40, 60] }, 1);
  const spoiled: typeof fetch = async (input, init) => {
    const answer = await (target.fetch ?? fetch)(input, init);
    return new Response(spoil(await answer.text()), answer);
  };
  const { violations } = await check({
    contract,
    operations: contract.operations.filter(({ path }) => path.endsWith('/status_logs')),
    rules: rules.filter(({ id }) => id === 'repeat-agrees'),
    target: { ...target, fetch: spoiled },
  });
  expect(violations.map(({ rule }) => rule)).toEqual(found);
});

/** They change what one of a list shows. */
const changing = contract.operations.filter(
  ({ method, path }) => ['GET', 'PATCH'].includes(method) && /^\/evses(?:\/\{[^{}]+\})?$/.test(path),
);

test('new logs all the time: what follows them on a server of our own was not changed by a PATCH', async () => {
  const { target } = await HarmlessServer.start(contract, { logs: 300, latency: [60, 100] }, 1);
  const { violations } = await check({
    contract,
    rules,
    target: { ...target, own: true },
    operations: changing,
  });
  await target.stop();
  expect(violations).toEqual([]);
});
