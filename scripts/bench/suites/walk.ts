import { cpuTime, interleaved, median, ratio, wallTime } from '../measure.js';
import type { Suite } from '../row.js';
import { RAW, walkers } from '../subjects.js';

const LOGS = 100_000;

/** A walk over 100,000 logs: how long it takes, and how much CPU. */
export async function walk(origin: string, rounds: number): Promise<Suite> {
  const cpu = new Map<string, number[]>();
  const subjects = new Map(
    [...walkers(`${origin}/0/${LOGS}`)].map(([name, pages]) => [
      name,
      () =>
        wallTime(async () => {
          const used = await cpuTime(() => count(pages()));
          cpu.set(name, [...(cpu.get(name) ?? []), used / 1000]);
        }),
    ]),
  );
  await interleaved(subjects, 1);
  cpu.clear();
  const values = await interleaved(subjects, rounds);
  const rows = [...subjects.keys()].map((name) => {
    const milliseconds = (all: readonly number[] | undefined) => median(all ?? []).toFixed(0);
    return {
      what: name,
      measured: `${milliseconds(values.get(name))} ms, ${milliseconds(cpu.get(name))} ms CPU`,
      ratio: ratio(values, name, RAW),
    };
  });
  return { title: 'Walk over 100,000 logs', rows };
}

async function count(pages: AsyncIterable<readonly unknown[]>): Promise<void> {
  let items = 0;
  for await (const page of pages) items += page.length;
  if (items !== LOGS) throw new Error(`${items} items in place of ${LOGS}`);
}
