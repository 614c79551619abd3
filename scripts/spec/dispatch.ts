import { parseArgs } from 'node:util';
import { DocumentError } from '../../src/document/index.js';
import { type Io, refuse, safeIo } from '../io.js';
import { ROOT } from '../root.js';
import { ProgramError } from '../run.js';
import type { Command, Values } from './command.js';
import { consumersCommand } from './commands/consumers.js';
import { diffCommand } from './commands/diff.js';
import { lintCommand } from './commands/lint.js';
import { pullCommand } from './commands/pull.js';
import { SpecError } from './errors.js';
import { completeSwap } from './pull/swap.js';

const COMMANDS: Record<string, Command> = {
  pull: pullCommand,
  diff: diffCommand,
  lint: lintCommand,
  consumers: consumersCommand,
};

const HELP = `Usage: npm run spec -- <command> [options]

${Object.values(COMMANDS)
  .map((command) => command.usage)
  .join('\n')}
Exit codes: 0 done; 1 breaking changes (diff), errors (lint), code that would stop compiling (consumers);
2 could not run, nothing was changed; 130, 143, 129 ended by SIGINT, SIGTERM, SIGHUP, nothing was changed.
`;

/** Runs the command that the arguments name; returns the exit code. */
export async function main(
  args: readonly string[],
  given: Io = process,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const io = safeIo(given);
  try {
    return await dispatch(args, io, signal);
  } catch (error) {
    const code = refuse('spec', error, io, [SpecError, DocumentError, ProgramError]);
    return signal.aborted ? 130 : code;
  }
}

async function dispatch(args: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new SpecError(`There is no command '${name}'; there are ${Object.keys(COMMANDS).join(', ')}`);
  const { values } = parseArgs({
    args: rest,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    io.stdout.write(`Usage:\n${command.usage}`);
    return 0;
  }
  if (completeSwap(ROOT)) io.stderr.write('Completed the pull that was killed before its end\n');
  return command.run(values as Values, io, signal);
}
