#!/usr/bin/env node
import { main } from './cli/main.js';
import { runProcess } from './exit/process.js';
import { removeUnfinished } from './exit/replace-file.js';

await runProcess(() => main(process.argv.slice(2)), removeUnfinished);
