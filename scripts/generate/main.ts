/** `npm run generate`. */
import { endOnSignal } from '../../src/contract/exit/signals.js';

endOnSignal();
const [{ main }, { undoUnfinished }, { runProcess }] = await Promise.all([
  import('./command.js'),
  import('./output.js'),
  import('../../src/contract/exit/process.js'),
]);
await runProcess(() => main(process.argv.slice(2)), undoUnfinished);
