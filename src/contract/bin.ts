#!/usr/bin/env node
import { main } from './cli/main.js';

// A reader that has seen enough, as `| head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));
