import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { commands } from '../../../generated/commands.js';
import type { OperationRow } from '../../client/resource/operation-row.js';
import { pathNames } from '../../client/wire/parameters.js';
import { GTE, LTE } from '../../text/conventions.js';
import type { Io } from '../io.js';
import { FORMATS } from '../output/formats.js';
import { limit, moment, whole } from '../values.js';
import type { Flags } from './asked.js';
import { bytesAt } from './bytes.js';
import type { CommandValue } from './entry.js';
import { commandName } from './names.js';
import { optionFor } from './values.js';

/** Where the value of an option goes. */
interface Bound {
  /** Commander's name of the option. */
  readonly attribute: string;
  readonly name: string;
  readonly into: 'params' | 'fields';
}

/** A command that calls a method of the client. */
interface Shape {
  readonly name: string;
  readonly about: string;
  /** Its arguments, and what they are. */
  readonly takes: readonly (readonly [name: string, about: string | undefined])[];
  /** The method's place in the client. */
  readonly place: readonly string[];
  /** Turns the arguments into the method's first parameters. */
  readonly values: (given: readonly string[]) => unknown[] | Promise<unknown[]>;
}

/**
 * Adds the command of an operation: its path as arguments, its parameters and the members of its body as options. One
 * that starts an upload has a second command, which uploads a file.
 */
export function addOperation(
  parent: Command,
  name: string,
  row: OperationRow,
  place: readonly string[],
  io: Io,
): void {
  const { about = `${row.method} ${row.path}`, path } = commands[row.id] ?? {};
  const takes = pathNames(row.path).map((one) => [one, path?.[one]] as const);
  add(parent, row, { name, about, takes, place, values: (given) => [...given] }, io);
  if (!row.upload) return;
  const { method } = row.upload;
  add(
    parent,
    row,
    {
      name: commandName(method),
      about: 'Upload a file: announces it, sends it, and confirms it',
      takes: [['file', 'the file to upload']],
      place: [...place.slice(0, -1), method],
      values: async ([file = '']) => [await fileAt(file)],
    },
    io,
  );
}

function add(parent: Command, row: OperationRow, { name, about, takes, place, values }: Shape, io: Io): void {
  const entry = commands[row.id] ?? {};
  const command = parent.command(name).description(about);
  for (const [one, what] of takes) command.argument(`<${one}>`, what);
  addCommon(command, row);
  const bound = [
    ...bind(command, 'Parameters:', entry.params ?? [], 'params'),
    ...bind(command, 'Members of the body:', row.body ? (entry.fields ?? []) : [], 'fields'),
  ];
  command.action(async (...given: unknown[]) => {
    const flags = command.opts<Flags & Record<string, unknown>>();
    const chosen = (into: Bound['into']) =>
      Object.fromEntries(
        bound
          .filter((one) => one.into === into && flags[one.attribute] !== undefined)
          .map((one) => [one.name, flags[one.attribute]]),
      );
    const { runOperation } = await import('./run.js');
    await runOperation(io, {
      row,
      entry,
      place,
      words: wordsOf(command),
      values: await values(given.slice(0, takes.length) as string[]),
      params: { ...chosen('params'), ...stretch(row, flags) },
      fields: chosen('fields'),
      flags,
    });
  });
}

/** `ev-energy things list`. */
function wordsOf(command: Command): string {
  return command.parent ? `${wordsOf(command.parent)} ${command.name()}` : command.name();
}

function addCommon(command: Command, row: OperationRow): void {
  const isWrite = row.method !== 'GET' && row.method !== 'HEAD';
  command.addOption(new Option('-o, --output <format>', 'table on a terminal, else json').choices(FORMATS));
  if (row.list) command.option('--limit <n>', 'at most this many items (default: all)', whole);
  if (row.range) {
    command.option('--since <time>', `earliest ${row.range}: 2026-11-01, or 7d ago`, moment);
    command.option('--until <time>', `latest ${row.range}, inclusive`, moment);
  }
  if (row.body) command.option('--body <json>', 'the whole body: JSON, @file, or - for standard input');
  command.option('--as-user <id>', 'user in whose context the request is made');
  command.option('--timeout <time>', 'limit for each request: 10s, 2m (default: 30s)', limit);
  command.option('--dry-run', 'print the curl that sends it, and send nothing');
  if (isWrite) command.option('-y, --yes', 'send it without asking first');
}

/** Options for values of the API, under their own names wherever these are free. */
function bind(
  command: Command,
  heading: string,
  values: readonly CommandValue[],
  into: Bound['into'],
): Bound[] {
  command.optionsGroup(heading);
  return values.map((value) => {
    const flag = freeFlag(command, value.name, into);
    const option = optionFor(value, flag, into === 'params' && value.required === true);
    command.addOption(option);
    return { attribute: option.attributeName(), name: value.name, into };
  });
}

/**
 * A name that means something else on this command line gets a prefix, and so does one that begins with `no-`, which
 * commander reads as a negation.
 */
function freeFlag(command: Command, name: string, into: Bound['into']): string {
  const base = name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  const taken = new Set([...command.options.map(({ long }) => long), '--help']);
  const prefix = into === 'params' ? 'param' : 'field';
  const own = `--${base}`;
  if (!taken.has(own) && !base.startsWith('no-')) return own;
  for (let count = 1; ; count += 1) {
    const other = `--${prefix}-${base}${count > 1 ? `-${count}` : ''}`;
    if (!taken.has(other)) return other;
  }
}

/** `--since` and `--until` as the parameters of the range. */
function stretch({ range }: OperationRow, { since, until }: Flags): Record<string, string> {
  if (!range) return {};
  return {
    ...(since === undefined ? {} : { [range + GTE]: since }),
    ...(until === undefined ? {} : { [range + LTE]: until }),
  };
}

/** @throws UsageError for a file that can't be read */
async function fileAt(path: string): Promise<File> {
  const bytes = await bytesAt(path);
  return new File([bytes], basename(path));
}
