import { setTimeout as sleep } from 'node:timers/promises';
import { EvEnergy } from '../../src/index.js';
import { EVSE, retriever, walker } from './subjects.js';

/** What one run of a task comes to, by name. */
export type Readings = Readonly<Record<string, number>>;

/** Prepares a task for a subject: what is returned is run again and again, and measured. */
export type Task = (origin: string, subject: string) => () => Promise<Readings>;

export const LOGS = 100_000;
export const BACKFILL = { logs: 20_000, latency: 50 };
export const READ_AHEAD = { pages: 40, latency: 50, work: 30 };
const IN_FLIGHT = 50;

/** Retrieves an object 500 times, 50 requests in flight. */
const retrieve: Task = (origin, subject) => {
  const call = retriever(subject, `${origin}/0/0`);
  return () => measured(() => inFlight(500, call), 500);
};

/** Walks over 100,000 logs. */
const walk: Task = (origin, subject) => {
  const pages = walker(subject, `${origin}/0/${LOGS}`);
  return () => measured(() => countItems(pages(), LOGS), 1);
};

const backfill: Task = (origin, concurrency) => {
  const { logs, latency } = BACKFILL;
  const ev = new EvEnergy({ baseUrl: `${origin}/${latency}/${logs}`, accessToken: 'x' });
  const options = { concurrency: Number(concurrency) };
  return () =>
    measured(() => countItems(dataOf(ev.evses.statusLogs.list(EVSE, {}, options).pages()), logs), 1);
};

/** A walk whose reader works on each page. */
const readAhead: Task = (origin, subject) => {
  const { latency, pages, work } = READ_AHEAD;
  const ev = new EvEnergy({ baseUrl: `${origin}/${latency}/${pages * 100}`, accessToken: 'x' });
  return () =>
    measured(async () => {
      const list = ev.evses.statusLogs.list(EVSE, {}, { readAhead: subject === 'on' });
      for await (const _ of list.pages()) await sleep(work);
    }, 1);
};

/** Counts the requests that it takes to read 10,000 items. */
const requests: Task = (origin) => async () => {
  let sent = 0;
  const onRequest = () => {
    sent += 1;
  };
  const ev = new EvEnergy({ baseUrl: `${origin}/0/10000`, accessToken: 'x', onRequest });
  await countItems(dataOf(ev.evses.statusLogs.list(EVSE).pages()), 10_000);
  return { sent };
};

/** Peak of this process's resident memory, in bytes, over a walk. */
const peak: Task = (origin, subject) => async () => {
  await walk(origin, subject)();
  return { bytes: process.resourceUsage().maxRSS * 1024 };
};

/** Bytes that 10,000 requests add to the heap. */
const growth: Task = (origin, subject) => {
  const call = retriever(subject, `${origin}/0/0`);
  const heapAfter = async () => {
    await inFlight(10_000, call);
    // Twice: what is only weakly held goes after the callbacks of the first.
    globalThis.gc?.();
    await sleep(100);
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  return async () => {
    await heapAfter();
    const before = await heapAfter();
    return { bytes: (await heapAfter()) - before };
  };
};

export const TASKS: Readonly<Record<string, Task>> = {
  retrieve,
  walk,
  backfill,
  readAhead,
  requests,
  peak,
  growth,
};

/** Microseconds of CPU time, in all threads of this process, and milliseconds, for each of so many units of work. */
async function measured(work: () => Promise<unknown>, units: number): Promise<Readings> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / units, time: time / units };
}

async function inFlight(count: number, call: () => Promise<unknown>): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

async function countItems(pages: AsyncIterable<readonly unknown[]>, expected: number): Promise<void> {
  let items = 0;
  for await (const page of pages) items += page.length;
  if (items !== expected) throw new Error(`${items} items in place of ${expected}`);
}

async function* dataOf<T>(pages: AsyncIterable<{ data: T }>): AsyncGenerator<T> {
  for await (const { data } of pages) yield data;
}
