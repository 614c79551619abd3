/** A process for one task and subject, so that none pays for the code and the garbage of another. */
import { TASKS } from './tasks.js';

const [, , task = '', origin = '', subject = ''] = process.argv;
const run = await TASKS[task]?.(origin, subject);
if (!run) throw new Error(`there is no task ${task}`);

process.on('message', async () => process.send?.(await run()));
