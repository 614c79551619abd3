import { ended } from './exit.js';
import type { Io } from './io.js';
import { programFor } from './program.js';
import { safeIo } from './safe.js';

/** What commands say that a signal has ended, where it isn't just that. */
const INTERRUPTED: Readonly<Record<string, string>> = {
  export: 'Interrupted. The same command goes on.',
  fake: 'The fake has ended.',
  mock: 'The mock has ended.',
};

/** Runs the command `ev-energy`, and gives its exit code. Its command `contract` is one of its own: see `bin.ts`. */
export async function main(args: readonly string[], given: Io): Promise<number> {
  const io = safeIo(given, args);
  const [name, ...rest] = args;
  try {
    const program = await programFor(args, io);
    if (name === '__complete') {
      const { candidates } = await import('./completion/candidates.js');
      io.stdout.write(candidates(program, rest));
      return 0;
    }
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return ended(error, io, INTERRUPTED[name ?? '']);
  }
}
