#!/usr/bin/env node
import { CommandError, ended } from './exit.js';
import { type Io, ReaderGone } from './io.js';
import { main } from './main.js';

const stop = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, as `| head`, is no failure: there is nobody left to write for. A full disk is one.
  stop.abort(
    error.code === 'EPIPE'
      ? new ReaderGone()
      : new CommandError(`The output can't be written: ${error.code}`),
  );
});
// Where nobody reads the errors either, the exit code tells.
process.stderr.on('error', () => {});

// A second Ctrl-C ends it at once.
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: stop.signal,
};
const code = await main(process.argv.slice(2), io);
// What was written last may fail yet.
await new Promise<void>((done) => process.stdout.write('', () => done()));
const { reason } = stop.signal;
process.exitCode = code === 0 && reason instanceof CommandError ? ended(reason, io) : code;
