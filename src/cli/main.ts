import { ended } from './exit.js';
import type { Io } from './io.js';
import { programFor } from './program.js';
import { safeIo } from './safe.js';

/** What these commands say when a signal ends them. All others say that they were interrupted. */
const INTERRUPTED: Readonly<Record<string, string>> = {
  export: 'Interrupted. The same command goes on.',
  fake: 'The fake has ended.',
  mock: 'The mock has ended.',
};

/** Runs `ev-energy` and returns its exit code. `ev-energy contract` doesn't come here: see `process.ts`. */
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
