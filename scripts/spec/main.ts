/** `npm run spec`. */
import { guardOutput } from '../../src/contract/exit/process.js';
import { main } from './dispatch.js';
import { SpecError } from './errors.js';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => controller.abort(new SpecError('Interrupted; nothing was changed')));
}

const isBroken = guardOutput();
const code = await main(process.argv.slice(2), process, controller.signal);
process.exitCode = (await isBroken()) ? 2 : code;
