import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { abortable } from '../../client/wait/abort.js';
import { inert, inertLines } from '../../text/words.js';
import { CommandError, UsageError } from '../exit.js';
import type { Io } from '../io.js';
import type { Prepared } from './call.js';

/**
 * Asks the user whether to send a request that changes something.
 * @throws UsageError if there is nobody to ask, CommandError if the answer is no
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
    const { value = '' } = await abortable(lines[Symbol.asyncIterator]().next(), signal);
    if (/^y(es)?$/i.test(value.trim())) return;
  } finally {
    lines.close();
  }
  throw new CommandError('Nothing was sent.');
}

function shown(body: string): string {
  try {
    return inertLines(JSON.stringify(JSON.parse(body), null, 2));
  } catch {
    return inert(body);
  }
}
