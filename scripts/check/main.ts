/** `npm run check`: runs the scripts named as arguments. */
import { endOnSignal, onSignal } from '../../src/contract/exit/signals.js';

endOnSignal();
const { runSteps } = await import('./steps.js');

const controller = new AbortController();
let interrupted = 2;
onSignal((_, code) => {
  interrupted = code;
  controller.abort(new Error('Interrupted'));
});

process.exitCode = await runSteps(process.argv.slice(2), process.stdout, { signal: controller.signal }).catch(
  (error: unknown) => {
    if (!controller.signal.aborted) throw error;
    return interrupted;
  },
);
