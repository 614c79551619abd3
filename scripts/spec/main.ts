/** `npm run spec`. */
import { guardOutput, onSignal } from '../../src/contract/exit/process.js';
import { main } from './dispatch.js';
import { SpecError } from './errors.js';

const controller = new AbortController();
let interrupted: number | undefined;
onSignal((_, code) => {
  interrupted = code;
  controller.abort(new SpecError('Interrupted; nothing was changed'));
});

const isBroken = guardOutput();
const code = await main(process.argv.slice(2), process, controller.signal);
process.exitCode = (await isBroken()) ? 2 : controller.signal.aborted ? (interrupted ?? code) : code;
