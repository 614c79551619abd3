#!/usr/bin/env node
import { ReaderGone } from './io.js';
import { main } from './main.js';

const stop = new AbortController();
// A reader that has seen enough, as `| head`, is no failure: there is nobody left to write for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  stop.abort(new ReaderGone());
});

// A second Ctrl-C ends it at once.
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: stop.signal,
});
