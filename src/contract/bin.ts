#!/usr/bin/env node
import { main } from './cli/main.js';

// A reader that has seen enough, as `| head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Node's own code for a crash is 1, which here says that the server breaks the contract.
  console.error(error);
  process.exitCode = 2;
}
