/** `npm run check`: runs the scripts named as arguments. */
import { runSteps } from './steps.js';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => controller.abort(new Error('Interrupted')));
}

process.exitCode = await runSteps(process.argv.slice(2), process.stdout, { signal: controller.signal }).catch(
  (error: unknown) => {
    if (!controller.signal.aborted) throw error;
    return 130;
  },
);
