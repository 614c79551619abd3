import { Argument, Command, Option } from 'commander';
import { chooseCollection } from '../../export/collection/collections.js';
import type { ExportOptions } from '../../export/index.js';
import {
  csvSink,
  exportCollection,
  exportThroughQueue,
  ndjsonSink,
  parquetSink,
  planExport,
  planThroughQueue,
} from '../../export/index.js';
import { collections } from '../../export/settings.js';
import { count } from '../../text/words.js';
import { commandName } from '../api/names.js';
import { CHOICES } from '../api/values.js';
import { clientFor } from '../client.js';
import { EXIT_CODES, UsageError } from '../exit.js';
import type { Io } from '../io.js';
import { collected, duration, named, whole } from '../values.js';
import { progressOn } from './progress.js';
import { planText } from './text.js';

/** The formats of the files. */
const SINKS = { ndjson: ndjsonSink, csv: csvSink, parquet: parquetSink };

interface Flags {
  readonly out: string;
  readonly format: keyof typeof SINKS;
  readonly since: string;
  readonly until?: string;
  readonly overlap: number;
  readonly window?: number;
  readonly parent?: readonly string[];
  readonly concurrency: number;
  readonly cadence?: number;
  readonly query?: Readonly<Record<string, string>>;
  readonly reserve: number;
  readonly redis?: string;
  readonly prefix?: string;
  readonly dryRun?: true;
  readonly stopWhenEmpty?: true;
}

/** `ev-energy export`: writes a collection that is ordered by time into files. */
export function exportCommand(io: Io): Command {
  return new Command('export')
    .description(
      'Write a collection that is ordered by time, such as the logs of every EVSE, into files, and keep them up to date: run it again, and it fetches what is new.',
    )
    .addArgument(collectionArgument())
    .requiredOption('--out <folder>', 'where the files go: <parent>/<day>.ndjson')
    .requiredOption('--since <time>', '2026-11-01, 2026-11-01T08:00:00Z, or 7d ago')
    .option('--until <time>', 'the end, exclusive (default: now)')
    .addOption(
      new Option('--format <format>', 'format of the files').choices(Object.keys(SINKS)).default('ndjson'),
    )
    .option('--parent <id>', 'only this parent; may be repeated', collected)
    .option('--query <name=value>', 'a filter or expansion; may be repeated', named)
    .addOption(
      new Option('--overlap <time>', 'how much of the last export to request again')
        .argParser(duration)
        .default(duration('1h'), '1h'),
    )
    .option('--window <time>', 'most time that one piece of work spans', duration)
    .option('--concurrency <n>', 'pieces of work at a time', whole, 4)
    .option('--reserve <n>', 'requests of the hour to leave to others', whole, 100)
    .option('--cadence <time>', 'time between two items, for the plan', duration)
    .option('--dry-run', 'say what it would take, and write nothing')
    .option('--stop-when-empty', 'end (exit code 75) instead of waiting for the quota')
    .option('--redis <url>', 'share the work with others on the same Redis')
    .option('--prefix <text>', 'prefix of its keys in Redis, for a second export')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (words: string[], flags: Flags) => run(io, words.join('.'), flags));
}

/**
 * The collections are suggested, not enforced: a path or the last part of a name will do, and so will the words that
 * list it (`ev-energy evses status-logs list`).
 */
function collectionArgument(): Argument {
  const argument = new Argument('<collection...>', 'such as evses.status-logs, or evses status-logs');
  CHOICES.set(
    argument,
    collections().map(({ name }) => commandName(name)),
  );
  return argument;
}

async function run(io: Io, collection: string, flags: Flags): Promise<void> {
  const { out, redis, prefix } = flags;
  if (prefix !== undefined && redis === undefined)
    throw new UsageError(
      '--prefix names keys in Redis: give --redis too, or, for another export, another --out',
    );
  const progress = progressOn(io.stderr);
  const options: ExportOptions = {
    collection,
    since: flags.since,
    until: flags.until,
    sink: SINKS[flags.format](out),
    overlap: flags.overlap,
    window: flags.window,
    concurrency: flags.concurrency,
    ...(flags.cadence === undefined ? {} : { cadence: flags.cadence / 1000 }),
    ...(flags.query ? { query: flags.query } : {}),
    ...(flags.parent ? { parents: flags.parent.map((parent) => parent.split('/')) } : {}),
    whenEmpty: flags.stopWhenEmpty ? 'stop' : 'wait',
    signal: io.signal,
    onPlan: (plan) => io.stderr.write(planText(plan)),
    onProgress: progress.show,
  };
  const { row } = chooseCollection(collections(), collection);
  const { ev, close, checkSignedIn } = await clientFor(
    { ...io, stderr: progress.log },
    { redis: flags.redis, reserve: flags.reserve },
  );
  try {
    checkSignedIn(row);
    if (flags.dryRun) {
      const plan =
        redis === undefined
          ? await planExport(ev, { ...options, journal: journalIn(flags) })
          : await planThroughQueue(ev, { ...options, redis, prefix });
      io.stdout.write(planText(plan));
      return;
    }
    const { items, parents, requests, windows } =
      redis === undefined
        ? await exportCollection(ev, { ...options, journal: journalIn(flags) })
        : await exportThroughQueue(ev, { ...options, redis, prefix });
    progress.end();
    const done = `${count(items, 'item')} of ${count(parents, 'parent')}`;
    io.stdout.write(`${done}, in ${count(windows, 'window')} and ${count(requests, 'request')}\n`);
  } finally {
    progress.end();
    await close();
  }
}

/** Each format has a journal of its own: an export to NDJSON says nothing about what exists as CSV. */
function journalIn({ out, format }: Flags): string {
  return `${out}/.journal/${format}`;
}
