import { parseArgs } from 'node:util';
import { DocumentError } from '../../src/document/index.js';
import type { Command, Values } from './command.js';
import { consumersCommand } from './commands/consumers.js';
import { diffCommand } from './commands/diff.js';
import { lintCommand } from './commands/lint.js';
import { pullCommand } from './commands/pull.js';
import { SpecError } from './errors.js';

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
2 could not run, nothing was changed; 130 interrupted, nothing was changed.
`;

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
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
    process.stdout.write(`Usage:\n${command.usage}`);
    return 0;
  }
  return command.run(values as Values, signal);
}

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => controller.abort(new SpecError('Interrupted; nothing was changed')));
}

main(process.argv.slice(2), controller.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known =
      error instanceof SpecError ||
      error instanceof DocumentError ||
      (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(
      `spec: ${known ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`,
    );
    process.exitCode = controller.signal.aborted ? 130 : 2;
  },
);
