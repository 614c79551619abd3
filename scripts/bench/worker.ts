/** Runs one suite, or one of its tasks that need a process of their own, and sends what came out. */
import { backfill } from './suites/backfill.js';
import { cpu } from './suites/cpu.js';
import { growth, memory, peakOfWalk } from './suites/memory.js';
import { readAhead } from './suites/read-ahead.js';
import { requests } from './suites/requests.js';
import { walk } from './suites/walk.js';

const TASKS: Readonly<Record<string, (origin: string, argument: string) => Promise<unknown>>> = {
  cpu: (origin, rounds) => cpu(origin, Number(rounds)),
  walk: (origin, rounds) => walk(origin, Number(rounds)),
  'read-ahead': (origin, rounds) => readAhead(origin, Number(rounds)),
  backfill: (origin, rounds) => backfill(origin, Number(rounds)),
  requests: (origin) => requests(origin),
  memory: (origin, rounds) => memory(origin, Number(rounds)),
  'memory-walk': peakOfWalk,
  'memory-growth': growth,
};

const [, , task = '', origin = '', argument = ''] = process.argv;
const result = await TASKS[task]?.(origin, argument);
process.send?.(result, () => process.disconnect());
