import { expect, test } from 'vitest';
import { parseInstant } from '../src/document/values/instant.js';
import { gardenWithBeds } from './garden.js';
import { type Body, checkChanged, remembering, selecting, to } from './kit.js';
import { testRegressions } from './regression-tests.js';
import { regressions } from './regressions.js';

test('there are at least 80 regressions, each with a name of its own', () => {
  expect(new Set(regressions.map(([name]) => name)).size).toBe(regressions.length);
  expect(regressions.length).toBeGreaterThanOrEqual(80);
});

// The first of each rule; the others are for the night.
testRegressions((index) => regressions.findIndex(([, rule]) => rule === regressions[index]?.[1]) === index);

const LOGS = '/evses/{evse_id}/status_logs';

test.each([
  ['it conforms', {}, 0, []],
  [
    'a lower bound of the others is exclusive',
    selecting(
      (log, { sampled_at__gte: bound }) => !bound || parseInstant(log.sampled_at) !== parseInstant(bound),
    ),
    0,
    ['range-inclusive'],
  ],
  ['the others name their second log as the latest', {}, 1, ['names-newest']],
] as const)('an EVSE without logs is judged by those of the others: %s', async (_, change, latest, found) => {
  const { violations } = await checkChanged({
    ...change,
    operations: ['get-evses-evse_id', 'get-evses-evse_id-status_logs'],
    prepare({ world: { store } }) {
      const [first, ...others]: Body[] = [...(store.collection('/evses', [])?.items ?? [])];
      const logsOf = (evse: Body): Body[] => store.collection(LOGS, [evse.id])?.items ?? [];
      for (const evse of others) evse.latest_status_log = logsOf(evse)[latest]?.url ?? null;
      first.latest_status_log = null;
      logsOf(first).splice(0);
    },
  });
  expect([...new Set(violations.map(({ rule }) => rule))]).toEqual(found);
});

test.each([
  ['lacks it', {}, []],
  [
    'names it still',
    remembering(({ plants }, { url }) => plants.push(url), to('/beds/{bed_id}')),
    ['deleted-gone'],
  ],
])('the bed of a plant that was deleted %s', async (_, change, found) => {
  const { violations } = await checkChanged(gardenWithBeds(change));
  expect(violations.map(({ rule }) => rule)).toEqual(found);
});
