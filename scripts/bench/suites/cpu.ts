import { cpuTime, interleaved, median, ratio } from '../measure.js';
import type { Suite } from '../row.js';
import { ALL, OURS, RAW, retrievers } from '../subjects.js';

const IN_FLIGHT = 50;
const REQUESTS = 500;

/** Client CPU time a request, with 50 requests in flight. */
export async function cpu(origin: string, rounds: number): Promise<Suite> {
  const calls = retrievers(`${origin}/0/0`);
  const run = (call: () => Promise<unknown>) => async () => {
    let left = REQUESTS;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    };
    const time = await cpuTime(() => Promise.all(Array.from({ length: IN_FLIGHT }, worker)));
    return time / REQUESTS;
  };
  const subjects = new Map([...calls].map(([name, call]) => [name, run(call)]));
  // Compiled code is what is measured.
  await interleaved(subjects, 5);
  const values = await interleaved(subjects, rounds * 8);
  const rows = [...subjects.keys()].map((name) => {
    const relative = ratio(values, name, RAW);
    const target = name === OURS || name === ALL ? { target: '≤ 1.10', ok: relative <= 1.1 } : {};
    return {
      what: name,
      measured: `${median(values.get(name) ?? []).toFixed(0)} µs`,
      ratio: relative,
      ...target,
    };
  });
  return { title: `CPU a request, ${IN_FLIGHT} in flight`, rows };
}
