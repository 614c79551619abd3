/** A process for one task and subject, so that none pays for the code and the garbage of another. */
import { readSync } from 'node:fs';
import { TASKS } from './tasks.js';

const [, , task = '', origin = '', subject = ''] = process.argv;
const run = await TASKS[task]?.(origin, subject);
if (!run) throw new Error(`there is no task ${task}`);

// The read keeps the thread waiting: until its turn has come, the process does nothing at all, whatever it has in flight.
// Left to itself, V8 collects garbage while it is idle, and compiled code with it, which the next turn would pay for.
const turn = Buffer.alloc(1);
while (readSync(0, turn) > 0) {
  const readings = await run();
  await new Promise((resolve) => process.send?.(readings, resolve));
}
process.exit();
