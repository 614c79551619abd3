import { Command, CommanderError } from 'commander';
import { EvEnergyError } from '../client/errors/base.js';
import { QuotaReserveError } from '../client/errors/quota-reserve-error.js';
import { RateLimitError } from '../client/errors/status-errors.js';
import { VERSION } from '../client/version.js';
import { exportCommand } from './export/command.js';
import type { Io } from './io.js';

/** Exit codes: those of `sysexits.h` where they have one. */
const [FAILED, USAGE, QUOTA, INTERRUPTED] = [1, 2, 75, 130];

/** Runs the command `ev-energy`, and gives its exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const program = new Command('ev-energy')
    .description('The ev.energy API on the command line.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .addHelpText(
      'after',
      `
Credentials are those of the environment: EV_ENERGY_CLIENT_ID and
EV_ENERGY_CLIENT_SECRET, or EV_ENERGY_ACCESS_TOKEN. EV_ENERGY_BASE_URL names
another server.`,
    );
  // Its settings are those of the program.
  program.addCommand(exportCommand(io).copyInheritedSettings(program));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (io.signal.aborted) {
      io.stderr.write('Interrupted. The same command goes on.\n');
      return INTERRUPTED;
    }
    const isKnown = error instanceof EvEnergyError;
    io.stderr.write(`${isKnown ? error.message : ((error as Error)?.stack ?? error)}\n`);
    return error instanceof QuotaReserveError || error instanceof RateLimitError ? QUOTA : FAILED;
  }
}
