import { EvEnergyError } from '../../client/errors/base.js';
import type { PagePromise } from '../../client/pages/page-promise.js';
import { clientFor } from '../client.js';
import type { Io } from '../io.js';
import { type Format, writerFor } from '../output/formats.js';
import { progressOf } from '../output/progress.js';
import type { Asked } from './asked.js';
import { bodyOf } from './body.js';
import { type Call, curl, invoke, requestOf } from './call.js';
import { confirmed } from './confirm.js';

/** Runs an operation, and writes its answer. */
export async function runOperation(io: Io, asked: Asked): Promise<void> {
  const { row, place, values, params, flags } = asked;
  const call: Call = {
    row,
    place,
    values,
    params,
    body: row.body ? await bodyOf(io, asked) : undefined,
    options: {
      signal: io.signal,
      ...(flags.asUser === undefined ? {} : { user: flags.asUser }),
      ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }),
      // A page beyond the limit would be a request that nobody reads.
      ...(flags.limit === undefined ? {} : { readAhead: false }),
    },
    limit: flags.limit,
  };
  if (flags.dryRun) {
    io.stdout.write(`${curl(await requestOf(io, call))}\n`);
    return;
  }
  if (row.method !== 'GET' && row.method !== 'HEAD' && !flags.yes)
    await confirmed(io, await requestOf(io, call));
  const format: Format = flags.output ?? (io.stdout.isTTY ? 'table' : 'json');
  const { ev, close, checkSignedIn } = await clientFor(io);
  try {
    checkSignedIn(row);
    const called = invoke(ev, call);
    // Awaited, a list would be its first page.
    if (row.list) await writeList(io, format, called as PagePromise<unknown>, flags.limit);
    else await writeOne(io, format, await called);
  } catch (error) {
    throw inWords(error, asked);
  } finally {
    await close();
  }
}

/** The client's errors name the operation's id and the client's option, but the user typed a command. */
function inWords(error: unknown, { row, words }: Asked): unknown {
  if (error instanceof EvEnergyError) {
    const named = error.message.replaceAll(row.id, words);
    error.message = named.replace(/; set timeout to allow more$/, '; --timeout allows more');
  }
  return error;
}

/** Writes the items of a collection as they come. */
async function writeList(
  io: Io,
  format: Format,
  list: AsyncIterable<unknown>,
  limit = Number.POSITIVE_INFINITY,
): Promise<void> {
  const writer = writerFor(format, io);
  const progress = progressOf(io);
  let count = 0;
  try {
    if (limit > 0)
      for await (const item of list) {
        await writer.item(item);
        count += 1;
        progress.show(count);
        if (count >= limit) break;
      }
    await writer.end();
  } finally {
    progress.end();
  }
}

async function writeOne(io: Io, format: Format, answer: unknown): Promise<void> {
  if (answer === undefined) {
    if (io.stderr.isTTY) io.stderr.write('Done.\n');
    return;
  }
  await writerFor(format, io).only(
    answer instanceof Blob ? new Uint8Array(await answer.arrayBuffer()) : answer,
  );
}
