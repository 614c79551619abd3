#!/usr/bin/env node
import { endOnSignal } from '../contract/exit/signals.js';

endOnSignal();
const { run } = await import('./process.js');
await run(process.argv.slice(2));
