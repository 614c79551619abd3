#!/usr/bin/env node
import { main } from './main.js';

// A reader that has seen enough, as `| head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const stop = new AbortController();
// A second Ctrl-C ends it at once.
process.once('SIGINT', () => stop.abort());
process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: stop.signal,
});
