import { type ChildProcess, fork } from 'node:child_process';
import { produceExport } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';
import { simulateFleet } from '../../test/fleet/simulate.js';
import { runRedis } from '../../test/servers/redis-server.js';
import { interleaved, type Place, takeTurns } from '../measure.js';
import type { Suite } from '../row.js';
import { NEWEST } from '../worker/fleet-tasks.js';

/** Windows that the machines share, each of one request. */
const WINDOWS = 1_200;
/**
 * Windows that each machine has done before time is taken: its code is compiled by then, as that of one that runs for
 * days.
 */
const WARM_UP = 50;
/** Milliseconds that each answer takes. */
const LATENCY = 20;
const MINUTE = 60_000;

/** The requests for a day of a fleet, on a simulated API. */
export async function fleetDay(): Promise<Suite> {
  const rows = [];
  for (const evses of [500, 5_000]) {
    const every = evses === 500 ? 60 : 600;
    const { took } = await simulateFleet({ evses, days: 1, every, cadence: every, limit: 1e9 });
    const least = took.items / 100;
    rows.push({
      what: `${evses} EVSEs, a log each ${every} s: ${took.items} logs`,
      measured: `${took.requests} requests`,
      ratio: took.requests / least,
      target: `${least} is one for each 100 items`,
    });
  }
  return { title: "Requests for a fleet's day", rows };
}

/** What the stores in Redis add to a request. */
export async function redisStoresSuite(place: Place): Promise<Suite> {
  const redis = await runRedis();
  try {
    const rounds = await interleaved(place, 'stores', ['memory', redis.url], { warmUp: 2 });
    const rows = [
      ['token and quota in memory', 'memory'],
      ['token and quota in Redis', redis.url],
    ].map(([what = '', subject = '']) => ({
      what,
      measured: `${rounds.median(subject, 'time').toFixed(2)} ms, ${rounds.median(subject, 'cpu').toFixed(0)} µs CPU`,
      ratio: rounds.ratio(subject, 'memory', 'time'),
    }));
    return { title: 'A request, one after the other, without latency', rows };
  } finally {
    await redis.end();
  }
}

/** How much faster more machines are, each of which works on one window at a time. */
export async function workersSuite(place: Place): Promise<Suite> {
  const subjects = ['1', '2', '4'];
  const rounds = await takeTurns(
    subjects,
    { rounds: Math.min(3, place.rounds), warmUp: 0 },
    async (count) => ({
      time: await timeOf(place, Number(count)),
    }),
  );
  const targets: Readonly<Record<string, number>> = { 2: 1.8, 4: 3.4 };
  const rows = subjects.map((count) => {
    const time = rounds.median(count, 'time');
    const faster = rounds.median('1', 'time') / time;
    const target = targets[count];
    return {
      what: `${count} worker${count === '1' ? '' : 's'}`,
      measured: `${(WINDOWS / (time / 1000)).toFixed(1)} requests/s`,
      ratio: faster,
      ...(target === undefined ? {} : { target: `≥ ${target}`, ok: faster >= target }),
    };
  });
  return { title: `Windows of one request each, answers take ${LATENCY} ms (ratio: times faster)`, rows };
}

/** Milliseconds that this many machines would take for all windows, once they are warm. */
async function timeOf(place: Place, count: number): Promise<number> {
  const redis = await runRedis();
  const baseUrl = `${place.origin}/${LATENCY}/90`;
  const machines: ChildProcess[] = [];
  try {
    let [done, began] = [0, 0];
    const before = count * WARM_UP;
    const all = new Promise<number>((resolve) => {
      const one = () => {
        done += 1;
        if (done === before) began = performance.now();
        if (done === WINDOWS) resolve(((performance.now() - began) * WINDOWS) / (WINDOWS - before));
      };
      for (let index = 0; index < count; index += 1)
        machines.push(fork(place.machine, [baseUrl, redis.url]).on('message', one));
    });
    await produceExport(new EvEnergy({ baseUrl, accessToken: 'x' }), {
      collection: 'evses.statusLogs',
      since: new Date(NEWEST - 89 * MINUTE),
      until: new Date(NEWEST + 1),
      cadence: 60,
      parents: Array.from({ length: WINDOWS }, (_, index) => [`evse${index}`]),
      sink: () => {},
      redis: redis.url,
    });
    return await all;
  } finally {
    for (const machine of machines) machine.kill('SIGKILL');
    await redis.end();
  }
}

/** Whether an export's memory stays the same however long it is. */
export async function exportMemorySuite(place: Place): Promise<Suite> {
  const rounds = await interleaved(place, 'exportMemory', ['export'], { rounds: 1, warmUp: 0 });
  const megabytes = (reading: string) => rounds.median('export', reading) / 1e6;
  const grown = megabytes('late') - megabytes('early');
  return {
    title: 'Memory of an export of 1,000,000 logs',
    rows: [
      { what: 'heap after 100,000 logs', measured: `${megabytes('early').toFixed(1)} MB` },
      {
        what: 'heap after 1,000,000 logs',
        measured: `${megabytes('late').toFixed(1)} MB`,
        target: 'no more than 5 MB above',
        ok: grown <= 5,
      },
      { what: 'largest heap in between', measured: `${megabytes('peak').toFixed(1)} MB` },
    ],
  };
}
