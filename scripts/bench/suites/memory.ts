import { fork } from 'node:child_process';
import { once } from 'node:events';
import { median } from '../measure.js';
import type { Row, Suite } from '../row.js';
import { OURS, RAW, retrievers, walkers } from '../subjects.js';

const LOGS = 100_000;
const REQUESTS = 10_000;

/** Peak memory of a walk, and what 10,000 requests leave behind; each in a process of its own. */
export async function memory(origin: string, rounds: number): Promise<Suite> {
  const peaks = new Map<string, number[]>([
    [RAW, []],
    [OURS, []],
  ]);
  for (let round = 0; round < rounds; round += 1)
    for (const [name, values] of peaks) values.push(await inChild(origin, 'memory-walk', name));
  const megabytes = (name: string) => median(peaks.get(name) ?? []) / 1024;
  const relative = megabytes(OURS) / megabytes(RAW);
  const growth = (await inChild(origin, 'memory-growth', OURS)) / 1024;
  const rows: Row[] = [
    { what: `${RAW}: peak of the walk`, measured: `${megabytes(RAW).toFixed(1)} MB`, ratio: 1 },
    {
      what: `${OURS}: peak of the walk`,
      measured: `${megabytes(OURS).toFixed(1)} MB`,
      ratio: relative,
      target: '≤ 1.10',
      ok: relative <= 1.1,
    },
    {
      what: `${OURS}: heap after 10,000 more requests`,
      measured: `${growth < 0 ? '' : '+'}${growth.toFixed(0)} KB`,
      target: 'no growth (< 100 KB)',
      ok: growth < 100,
    },
  ];
  return { title: 'Memory of the walk over 100,000 logs', rows };
}

async function inChild(origin: string, task: string, subject: string): Promise<number> {
  const child = fork(process.argv[1] ?? '', [task, origin, subject], { execArgv: ['--expose-gc'] });
  const [value] = (await once(child, 'message')) as [number];
  await once(child, 'exit');
  return value;
}

/** Kilobytes of resident memory at the peak of a walk. */
export async function peakOfWalk(origin: string, subject: string): Promise<number> {
  const pages = walkers(`${origin}/0/${LOGS}`).get(subject);
  if (!pages) throw new Error(`${subject} doesn't walk`);
  let items = 0;
  for await (const page of pages()) items += page.length;
  if (items !== LOGS) throw new Error(`${items} items in place of ${LOGS}`);
  return process.resourceUsage().maxRSS;
}

/** Bytes of heap that 10,000 requests add to what the first ones took. */
export async function growth(origin: string, subject: string): Promise<number> {
  const call = retrievers(`${origin}/0/0`).get(subject);
  if (!call) throw new Error(`${subject} doesn't retrieve`);
  const run = async () => {
    for (let done = 0; done < REQUESTS; done += 50) await Promise.all(Array.from({ length: 50 }, call));
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  await run();
  const before = await run();
  return (await run()) - before;
}
