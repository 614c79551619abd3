/** `npm run spec`. */
import { endBy, endOnSignal, onSignal } from '../../src/contract/exit/signals.js';

endOnSignal();
const [{ main }, { SpecError }, { guardOutput }] = await Promise.all([
  import('./dispatch.js'),
  import('./errors.js'),
  import('../../src/contract/exit/process.js'),
]);

/** Milliseconds that a command has, after a signal, to put back what it is changing. */
const GRACE = 5_000;

const controller = new AbortController();
let interrupted: number | undefined;
onSignal((signal, code) => {
  interrupted = code;
  controller.abort(new SpecError('Interrupted; nothing was changed'));
  // Something may not listen to the signal, such as a read from a pipe that nobody writes to: don't wait for it.
  setTimeout(() => endBy(signal, code), GRACE).unref();
});

const isBroken = guardOutput();
const code = await main(process.argv.slice(2), process, controller.signal);
process.exitCode = (await isBroken()) ? 2 : controller.signal.aborted ? (interrupted ?? code) : code;
