import { EvEnergy } from '../../../src/index.js';
import { interleaved, median, ratio, wallTime } from '../measure.js';
import type { Suite } from '../row.js';
import { EVSE } from '../subjects.js';

const LATENCY = 50;
const LOGS = 20_000;

/** 20,000 logs at 50 ms latency, walked in parts side by side. */
export async function backfill(origin: string, rounds: number): Promise<Suite> {
  const subjects = new Map(
    [1, 2, 4, 8].map((concurrency) => [`concurrency ${concurrency}`, () => wallTime(() => run(concurrency))]),
  );
  const run = async (concurrency: number) => {
    const ev = new EvEnergy({ baseUrl: `${origin}/${LATENCY}/${LOGS}`, accessToken: 'x' });
    let items = 0;
    for await (const page of ev.evses.statusLogs.list(EVSE, {}, { concurrency }).pages())
      items += page.data.length;
    if (items !== LOGS) throw new Error(`${items} items in place of ${LOGS}`);
  };
  const values = await interleaved(subjects, Math.ceil(rounds / 2));
  const rows = [...subjects.keys()].map((name) => {
    const faster = 1 / ratio(values, name, 'concurrency 1');
    const target = name === 'concurrency 4' ? { target: '≥ 3.5', ok: faster >= 3.5 } : {};
    return {
      what: name,
      measured: `${median(values.get(name) ?? []).toFixed(0)} ms`,
      ratio: faster,
      ...target,
    };
  });
  return { title: `Backfill of 20,000 logs, ${LATENCY} ms latency (ratio: times faster)`, rows };
}
