import { Command } from 'commander';
import { inert } from '../../text/words.js';
import { type Io, untilStopped } from '../io.js';
import { portNumber } from '../values.js';

/** `ev-energy mock`: Prism on the document, until Ctrl-C. */
export function mockCommand(io: Io): Command {
  return new Command('mock')
    .description(
      "Start Prism on the OpenAPI document, on 127.0.0.1, until Ctrl-C: it answers with the document's examples. Needs @stoplight/prism-cli.",
    )
    .option('--port <n>', 'port to listen on; 0 for any free one', portNumber, 4010)
    .option('--spec <file>', 'another OpenAPI document')
    .action(async (flags: { port: number; spec?: string }) => run(io, flags));
}

async function run(io: Io, { port, spec }: { port: number; spec?: string }): Promise<void> {
  const { startMock } = await import('./start-mock.js');
  const { text, notes, stop } = await startMock(port, spec);
  for (const note of notes) io.stderr.write(`${inert(`Note: ${note}`)}\n`);
  try {
    io.stdout.write(text);
    await untilStopped(io);
  } finally {
    await stop();
  }
}
