import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import type { Io } from '../io.js';

/** Asks for a secret without showing what is typed. Without a terminal, reads the first line of standard input. */
export async function askSecret({ stdin, stderr }: Io): Promise<string> {
  if (!stdin) return '';
  if (stdin.isTTY) stderr.write("The application's secret: ");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = stdin instanceof Readable ? stdin : Readable.from(stdin);
  const lines = createInterface({ input, output: nowhere, terminal: stdin.isTTY === true });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}
