import { onStray } from '../contract/exit/process.js';
import { endBy, onSignal } from '../contract/exit/signals.js';
import { ended, Interrupted, OutputError } from './exit.js';
import { type Io, ReaderGone } from './io.js';
import { main } from './main.js';
import { safeIo } from './safe.js';

/** Milliseconds that a command has, after a signal, to finish what it is writing. */
const GRACE = 3_000;

/** Runs `ev-energy` as a process: with the standard streams, and until a signal ends it. */
export async function run(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  return name === 'contract' ? runContract(rest) : runCommand(args);
}

/** `contract` is a command of its own with its own exit codes. It removes unfinished files when a signal ends it. */
async function runContract(args: readonly string[]): Promise<void> {
  const [contract, { runProcess }, { removeUnfinished }] = await Promise.all([
    import('../contract/cli/main.js'),
    import('../contract/exit/process.js'),
    import('../contract/exit/replace-file.js'),
  ]);
  await runProcess(() => contract.main(args), removeUnfinished);
}

async function runCommand(args: readonly string[]): Promise<void> {
  const stop = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // It isn't a failure if the reader has seen enough, as in `| head`. A full disk is one.
    stop.abort(
      error.code === 'EPIPE'
        ? new ReaderGone()
        : new OutputError(`The output can't be written: ${error.code}`),
    );
  });
  // If errors can't be written either, the exit code is all that is left.
  process.stderr.on('error', () => {});

  let ending: NodeJS.Signals | undefined;
  onSignal((signal, code) => {
    ending = signal;
    stop.abort(new Interrupted(code));
  });
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: stop.signal,
  };
  stop.signal.addEventListener('abort', () => {
    // Something may not listen to the signal, such as a sign-in at a server that doesn't answer: don't wait for it.
    setTimeout(() => {
      const code = ended(undefined, safeIo(io, process.argv));
      if (ending) endBy(ending, code);
      process.exit(code);
    }, GRACE).unref();
  });
  onStray((error) => process.exit(ended(error, safeIo(io, process.argv))));
  const code = await main(args, io);
  // The last thing written can still fail.
  await new Promise<void>((done) => process.stdout.write('', () => done()));
  const { reason } = stop.signal;
  process.exitCode = reason instanceof OutputError && code !== 2 ? ended(reason, io) : code;
}
