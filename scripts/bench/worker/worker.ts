/** A separate process for each task and subject, so that none pays for another's code and garbage. */
import { readSync } from 'node:fs';
import { TASKS } from './tasks.js';

const [, , task = '', origin = '', subject = ''] = process.argv;
const run = await TASKS[task]?.(origin, subject);
if (!run) throw new Error(`there is no task ${task}`);

// The read blocks the thread, so the process does nothing until its turn, even with requests in flight. If it were idle
// instead, V8 would collect garbage and compiled code, which the next turn would pay for.
const turn = Buffer.alloc(1);
while (readSync(0, turn) > 0) {
  const readings = await run();
  await new Promise((resolve) => process.send?.(readings, resolve));
}
process.exit();
