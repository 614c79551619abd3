import { interleaved, type Place } from '../measure.js';
import type { Row, Suite } from '../row.js';
import { ALL, CLIENTS, OPENAPI_FETCH, OURS, OVER_UNDICI, RAW, WALKING } from '../subjects/index.js';
import { BACKFILL, READ_AHEAD } from '../worker/work.js';
import { contractSuite } from './contract.js';
import { documentSuite } from './document.js';
import { exportMemorySuite, fleetDay, redisStoresSuite, workersSuite } from './fleet.js';
import { hostileSuite } from './hostile.js';
import { packageSuites } from './package.js';

/** Rounds of 1,000 requests after which most code is fully compiled. */
const WARM = 15;

/** CPU time per request, with 50 requests always in flight. */
async function clients(place: Place): Promise<Suite> {
  // Several processes, since each compiles the code a little differently.
  const rounds = await interleaved(place, 'retrieve', CLIENTS, { warmUp: WARM, processes: 3 });
  const targets: Readonly<Record<string, readonly [base: string, limit: number]>> = {
    [OURS]: [OPENAPI_FETCH, 1.1],
    [ALL]: [OPENAPI_FETCH, 1.3],
    [OVER_UNDICI]: [RAW, 0.5],
  };
  const rows = CLIENTS.map((subject): Row => {
    const measured = `${rounds.median(subject, 'cpu').toFixed(0)} µs`;
    const row = { what: subject, measured, ratio: rounds.pairedRatio(subject, RAW, 'cpu') };
    const [base, limit] = targets[subject] ?? [];
    if (base === undefined || limit === undefined) return row;
    const ratio = rounds.pairedRatio(subject, base, 'cpu');
    const target = `≤ ${limit.toFixed(2)} × ${base} (${ratio.toFixed(2)})`;
    return { ...row, target, ok: ratio <= limit };
  });
  return { title: 'CPU time a request, 50 in flight', rows };
}

async function walk(place: Place): Promise<Suite> {
  const rounds = await interleaved(place, 'walk', WALKING, { warmUp: 1 });
  const rows = WALKING.map((subject): Row => {
    const time = rounds.median(subject, 'time').toFixed(0);
    const cpuTime = (rounds.median(subject, 'cpu') / 1000).toFixed(0);
    return {
      what: subject,
      measured: `${time} ms, ${cpuTime} ms CPU`,
      ratio: rounds.ratio(subject, RAW, 'time'),
    };
  });
  return { title: 'Walk over 100,000 logs', rows };
}

async function readAhead(place: Place): Promise<Suite> {
  const rounds = await interleaved(place, 'readAhead', ['off', 'on'], { warmUp: 1 });
  const time = (subject: string) => `${rounds.median(subject, 'time').toFixed(0)} ms`;
  const ratio = rounds.ratio('on', 'off', 'time');
  const { latency, pages, work } = READ_AHEAD;
  return {
    title: `${pages} pages at ${latency} ms latency, ${work} ms work on each`,
    rows: [
      { what: '`readAhead: false`', measured: time('off'), ratio: 1 },
      { what: 'reading ahead', measured: time('on'), ratio, ...atMost(ratio, 0.7) },
    ],
  };
}

async function backfill(place: Place): Promise<Suite> {
  const subjects = ['1', '2', '4', '8'];
  const rounds = await interleaved(place, 'backfill', subjects, { warmUp: 1 });
  const rows = subjects.map((subject): Row => {
    const faster = 1 / rounds.ratio(subject, '1', 'time');
    const target = subject === '4' ? { target: '≥ 3.5', ok: faster >= 3.5 } : {};
    const measured = `${rounds.median(subject, 'time').toFixed(0)} ms`;
    return { what: `\`concurrency: ${subject}\``, measured, ratio: faster, ...target };
  });
  const { latency, logs } = BACKFILL;
  return { title: `Backfill of ${logs} logs at ${latency} ms latency (ratio: times faster)`, rows };
}

async function requests(place: Place): Promise<Suite> {
  const rounds = await interleaved(place, 'requests', [OURS], { rounds: 1, warmUp: 0 });
  const sent = rounds.median(OURS, 'sent');
  return {
    title: 'Requests for 10,000 items',
    rows: [{ what: OURS, measured: `${sent}`, target: '100', ok: sent === 100 }],
  };
}

async function memory(place: Place): Promise<Suite> {
  const peaks = await interleaved(place, 'peak', [RAW, OURS], { warmUp: 0 });
  const megabytes = (subject: string) => `${(peaks.median(subject, 'bytes') / 1e6).toFixed(1)} MB`;
  const ratio = peaks.ratio(OURS, RAW, 'bytes');
  const growth = await interleaved(place, 'growth', [OURS], { rounds: 5, warmUp: 0 });
  const grown = growth.median(OURS, 'bytes') / 1000;
  return {
    title: 'Memory',
    rows: [
      { what: `${RAW}: peak of the walk`, measured: megabytes(RAW), ratio: 1 },
      { what: `${OURS}: peak of the walk`, measured: megabytes(OURS), ratio, ...atMost(ratio, 1.1) },
      {
        what: `${OURS}: heap added by 10,000 requests`,
        measured: `${grown.toFixed(0)} KB`,
        target: 'none (< 100 KB)',
        ok: grown < 100,
      },
    ],
  };
}

function atMost(ratio: number, limit: number): Pick<Row, 'target' | 'ok'> {
  return { target: `≤ ${limit.toFixed(2)}`, ok: ratio <= limit };
}

const alone = (suite: (place: Place) => Promise<Suite>) => async (place: Place) => [await suite(place)];

export const SUITES: Readonly<Record<string, (place: Place) => Promise<Suite[]>>> = {
  clients: alone(clients),
  walk: alone(walk),
  'read-ahead': alone(readAhead),
  backfill: alone(backfill),
  requests: alone(requests),
  memory: alone(memory),
  contract: alone(contractSuite),
  package: packageSuites,
  document: alone(documentSuite),
  'fleet-day': alone(fleetDay),
  'redis-stores': alone(redisStoresSuite),
  workers: alone(workersSuite),
  'export-memory': alone(exportMemorySuite),
  hostile: alone(hostileSuite),
};
