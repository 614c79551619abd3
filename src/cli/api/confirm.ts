import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { inert } from '../../client/exit/inert.js';
import { CommandError, UsageError } from '../exit.js';
import type { Io } from '../io.js';
import type { Prepared } from './call.js';

/**
 * Asks whether a request shall be sent that changes something.
 * @throws UsageError where there is nobody to ask, CommandError for a no
 */
export async function confirmed(io: Io, { method, url, body }: Prepared): Promise<void> {
  const { stdin, stderr, signal } = io;
  if (!stdin?.isTTY || !stderr.isTTY)
    throw new UsageError(`${method} ${inert(url)} changes something, and there is nobody to ask. Add --yes.`);
  const lines = createInterface({ input: Readable.from(stdin) });
  stderr.write(
    `${method} ${inert(url)}\n${typeof body === 'string' ? `${shown(body)}\n` : ''}Send it? [y/N] `,
  );
  try {
    for await (const line of abortable(lines, signal)) {
      if (/^y(es)?$/i.test(line.trim())) return;
      break;
    }
  } finally {
    lines.close();
  }
  throw new CommandError('Nothing was sent.');
}

async function* abortable(lines: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  const iterator = lines[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  for (;;) {
    const { value, done } = await Promise.race([iterator.next(), aborted]);
    if (done) return;
    yield value;
  }
}

function shown(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2).split('\n').map(inert).join('\n');
  } catch {
    return inert(body);
  }
}
