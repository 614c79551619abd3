#!/usr/bin/env node
import { ended, OutputError } from './exit.js';
import { type Io, ReaderGone } from './io.js';
import { main } from './main.js';

const stop = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, as in `| head`, is no failure. A full disk is one.
  stop.abort(
    error.code === 'EPIPE' ? new ReaderGone() : new OutputError(`The output can't be written: ${error.code}`),
  );
});
// Where the errors can't be written either, the exit code is all that is left.
process.stderr.on('error', () => {});

// `once`: a second Ctrl-C ends the process at once.
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
// The last thing written can still fail.
await new Promise<void>((done) => process.stdout.write('', () => done()));
const { reason } = stop.signal;
process.exitCode = reason instanceof OutputError && code !== 2 ? ended(reason, io) : code;
