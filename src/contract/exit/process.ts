import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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

/**
 * Runs a command as the process: gives its exit code, 2 where it fails or its output can't be written, and 128 and the
 * signal's number where a signal ends it.
 *
 * @param cleanUp takes away what is half written when a signal comes
 */
export async function runProcess(main: () => Promise<number>, cleanUp: () => void = () => {}): Promise<void> {
  const isBroken = guardOutput();
  for (const signal of SIGNALS)
    process.once(signal, () => {
      cleanUp();
      process.exit(128 + constants.signals[signal]);
    });
  let code: number;
  try {
    code = await main();
  } catch (error) {
    // Node's own code for a crash is 1, which here says that the server breaks the contract. Without what the error
    // holds beside its stack: that may be a whole request.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    code = 2;
  }
  process.exitCode = (await isBroken()) ? 2 : code;
}
