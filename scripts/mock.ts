/**
 * `npm run mock [-- --port N] [--spec FILE]`: serves the document's mock until Ctrl-C, or until the process that
 * started it ends.
 */
import { endOnSignal } from '../src/contract/exit/signals.js';

endOnSignal();
const { main } = await import('./mock-command.js');
await main();
