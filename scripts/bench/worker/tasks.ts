import { retriever, walker } from '../subjects/index.js';
import type { Task } from './task.js';
import { countItems, heapUsed, inFlight, LOGS, measured, sustained } from './work.js';

/** Retrieves an object over and over, with 50 requests in flight. */
const retrieve: Task = async (origin, subject) => sustained(1000, await retriever(subject, `${origin}/0/0`));

/** Walks over 100,000 logs. */
const walk: Task = async (origin, subject) => {
  const pages = await walker(subject, `${origin}/0/${LOGS}`);
  return () => measured(() => countItems(pages(), LOGS), 1);
};

/** Peak resident memory of this process during a walk, in bytes. */
const peak: Task = (origin, subject) => async () => {
  const run = await walk(origin, subject);
  await run();
  return { bytes: process.resourceUsage().maxRSS * 1024 };
};

/** Bytes that 10,000 requests add to the heap. */
const growth: Task = async (origin, subject) => {
  const call = await retriever(subject, `${origin}/0/0`);
  const heapAfter = async () => {
    await inFlight(10_000, call);
    return heapUsed();
  };
  return async () => {
    await heapAfter();
    const before = await heapAfter();
    return { bytes: (await heapAfter()) - before };
  };
};

/** A task that the processes of other subjects don't load. */
const ofClient =
  (name: 'backfill' | 'readAhead' | 'requests'): Task =>
  async (origin, subject) =>
    (await import('./client-tasks.js'))[name](origin, subject);

/** The same for those of exports, which also load Redis' client. */
const ofFleet =
  (name: 'stores' | 'exportMemory'): Task =>
  async (origin, subject) =>
    (await import('./fleet-tasks.js'))[name](origin, subject);

export const TASKS: Readonly<Record<string, Task>> = {
  retrieve,
  walk,
  backfill: ofClient('backfill'),
  readAhead: ofClient('readAhead'),
  requests: ofClient('requests'),
  peak,
  growth,
  stores: ofFleet('stores'),
  exportMemory: ofFleet('exportMemory'),
};
