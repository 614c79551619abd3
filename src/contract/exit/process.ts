import { type Io, processIo } from '../cli/io.js';
import { outlet } from '../cli/output.js';
import { endBy, onSignal } from './signals.js';
import { unexpected } from './unexpected.js';

/**
 * Keeps the process alive where its output can't be written: a full disk, a reader that has gone.
 *
 * @returns tells, once all has been written, whether something could not be.
 */
export function guardOutput(): () => Promise<boolean> {
  let broken = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!broken && stream === process.stdout && error.code !== 'EPIPE')
        process.stderr.write(`The output can't be written: ${error.code ?? error.message}\n`);
      broken = true;
    });
  }
  return async () => {
    try {
      for (const stream of [process.stdout, process.stderr])
        await new Promise<void>((done) => stream.write('', () => done()));
    } catch {
      broken = true;
    }
    return broken;
  };
}

/** Tells of an error that nobody waits for. */
export function onStray(failed: (error: unknown) => void): void {
  process.once('uncaughtException', failed);
  process.once('unhandledRejection', failed);
}

/** Reports an unexpected error. It may quote anything, secrets too, so it goes the way of all output. */
export function tellUnexpected(
  error: unknown,
  io: Io = processIo,
  args: readonly string[] = process.argv,
): void {
  outlet(io, args).stderr.write(`${unexpected(error, io.environment)}
`);
}

/**
 * Runs a command as the process: gives its exit code, 2 where it fails or its output can't be written, and 128 and the
 * signal's number where a signal ends it.
 *
 * @param cleanUp takes away what is half written when a signal comes
 */
export async function runProcess(main: () => Promise<number>, cleanUp: () => void = () => {}): Promise<void> {
  const isBroken = guardOutput();
  onSignal((signal, code) => {
    cleanUp();
    endBy(signal, code);
  });
  // Node's own code for a crash is 1, which here says that the server breaks the contract.
  onStray((error) => {
    cleanUp();
    tellUnexpected(error);
    process.exit(2);
  });
  let code: number;
  try {
    code = await main();
  } catch (error) {
    tellUnexpected(error);
    code = 2;
  }
  process.exitCode = (await isBroken()) ? 2 : code;
}
