#!/usr/bin/env node
import { endOnSignal } from './exit/signals.js';

endOnSignal();
const [{ main }, { runProcess }, { removeUnfinished }] = await Promise.all([
  import('./cli/main.js'),
  import('./exit/process.js'),
  import('./exit/replace-file.js'),
]);
await runProcess(() => main(process.argv.slice(2)), removeUnfinished);
