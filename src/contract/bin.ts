#!/usr/bin/env node
import { main } from './cli/main.js';

// If the reader has seen enough, as `| head` does, that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Node's own exit code for a crash is 1, which here means that the server breaks the contract.
  console.error(error);
  process.exitCode = 2;
}
