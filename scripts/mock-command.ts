import { parseArgs } from 'node:util';
import { startMock } from '../src/cli/servers/start-mock.js';
import { CannotRun } from '../src/contract/errors.js';
import { guardOutput } from '../src/contract/exit/process.js';
import { onSignal } from '../src/contract/exit/signals.js';
import { DocumentError, vendoredDocument } from '../src/document/index.js';
import { inert } from '../src/text/words.js';
import { refuse } from './io.js';
import { endWithStarters } from './starters.js';

const HELP = `Usage: npm run mock -- [--port N] [--spec FILE]

Starts Prism on the OpenAPI document, on 127.0.0.1, until Ctrl-C.

  --port N     port to listen on, 0 for any free one (default 4010)
  --spec FILE  another OpenAPI document
  --help       this text
`;

async function serve(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new CannotRun(`--port must be a number from 0 to 65535, not '${values.port}'.`);
  }
  // If the terminal or npm is gone, nobody reads the output; that must not keep the mock running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  endWithStarters(() => process.exit(0));
  const { text, notes } = await startMock(port, values.spec);
  for (const note of notes) process.stderr.write(`${inert(`Note: ${note}`)}\n`);
  onSignal((_, code) => {
    process.stdout.write('\nThe mock has ended.\n');
    // Open keep-alive connections would delay a graceful close.
    process.exit(code);
  });
  process.stdout.write(text);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        spec: { type: 'string', default: vendoredDocument() },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new CannotRun(`${(cause as Error).message}\nSee npm run mock -- --help.`, { cause });
  }
}

/** Serves the mock as the process. */
export async function main(): Promise<void> {
  guardOutput();
  await serve().catch((error: unknown) => {
    process.exitCode = refuse('mock', error, process, [CannotRun, DocumentError]);
  });
}
