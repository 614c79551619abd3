/** `npm run spec`. */
import { main } from './dispatch.js';
import { SpecError } from './errors.js';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => controller.abort(new SpecError('Interrupted; nothing was changed')));
}

process.exitCode = await main(process.argv.slice(2), process, controller.signal);
