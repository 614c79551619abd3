/** `npm run spec`. */
import { endOnSignal, onSignal } from '../../src/contract/exit/signals.js';

endOnSignal();
const [{ main }, { SpecError }, { guardOutput }] = await Promise.all([
  import('./dispatch.js'),
  import('./errors.js'),
  import('../../src/contract/exit/process.js'),
]);

const controller = new AbortController();
let interrupted: number | undefined;
onSignal((_, code) => {
  interrupted = code;
  controller.abort(new SpecError('Interrupted; nothing was changed'));
});

const isBroken = guardOutput();
const code = await main(process.argv.slice(2), process, controller.signal);
process.exitCode = (await isBroken()) ? 2 : controller.signal.aborted ? (interrupted ?? code) : code;
