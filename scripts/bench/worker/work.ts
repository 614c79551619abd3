import { setTimeout as sleep } from 'node:timers/promises';

/** The results of one run of a task, by name. */
export type Readings = Readonly<Record<string, number>>;

export const LOGS = 100_000;
export const BACKFILL = { logs: 20_000, latency: 50 };
export const READ_AHEAD = { pages: 40, latency: 50, work: 30 };
const IN_FLIGHT = 50;

/** CPU time in microseconds, over all threads of this process, and time in milliseconds, both per unit of work. */
export async function measured(work: () => Promise<unknown>, units: number): Promise<Readings> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / units, time: time / units };
}

/**
 * Keeps calls in flight permanently. A reading covers `count` calls; between readings the calls stay under way. CPU
 * time is counted from one reading to the next, over all threads of this process.
 */
export function sustained(count: number, call: () => Promise<unknown>): () => Promise<Readings> {
  let ended = 0;
  let enough = () => {};
  const worker = async (): Promise<never> => {
    for (;;) {
      await call();
      ended += 1;
      if (ended >= count) enough();
    }
  };
  let load: Promise<never> | undefined;
  let before = process.cpuUsage();
  return async () => {
    load ??= Promise.race(Array.from({ length: IN_FLIGHT }, worker));
    await Promise.race([load, new Promise<void>((resolve) => (enough = resolve))]);
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / ended;
    before = process.cpuUsage();
    ended = 0;
    return { cpu };
  };
}

/** Makes this many calls, with some in flight until none are left. */
export async function inFlight(count: number, call: () => Promise<unknown>): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** Bytes of the heap, without what is garbage already. */
export async function heapUsed(): Promise<number> {
  // Twice, since the first runs the callbacks that release weakly held objects.
  globalThis.gc?.();
  await sleep(100);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

export async function countItems(pages: AsyncIterable<readonly unknown[]>, expected: number): Promise<void> {
  let items = 0;
  for await (const page of pages) items += page.length;
  if (items !== expected) throw new Error(`${items} items in place of ${expected}`);
}
