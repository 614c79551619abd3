import { setTimeout as sleep } from 'node:timers/promises';
import { EvEnergy } from '../../../src/index.js';
import { interleaved, median, ratio, wallTime } from '../measure.js';
import type { Suite } from '../row.js';
import { EVSE } from '../subjects.js';

const LATENCY = 50;
const WORK = 30;
const PAGES = 40;

/** A walk whose reader works 30 ms on each page, against a server that takes 50 ms for one. */
export async function readAhead(origin: string, rounds: number): Promise<Suite> {
  const ev = new EvEnergy({ baseUrl: `${origin}/${LATENCY}/${PAGES * 100}`, accessToken: 'x' });
  const walk = (ahead: boolean) => () =>
    wallTime(async () => {
      for await (const _ of ev.evses.statusLogs.list(EVSE, {}, { readAhead: ahead }).pages())
        await sleep(WORK);
    });
  const [without, ahead] = ['`readAhead: false`', 'reading ahead'];
  const values = await interleaved(
    new Map([
      [without, walk(false)],
      [ahead, walk(true)],
    ]),
    rounds,
  );
  const time = (name: string) => `${median(values.get(name) ?? []).toFixed(0)} ms`;
  const relative = ratio(values, ahead, without);
  return {
    title: `${PAGES} pages, ${LATENCY} ms latency, ${WORK} ms work a page`,
    rows: [
      { what: without, measured: time(without), ratio: 1 },
      { what: ahead, measured: time(ahead), ratio: relative, target: '≤ 0.70', ok: relative <= 0.7 },
    ],
  };
}
