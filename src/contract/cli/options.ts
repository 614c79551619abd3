import { parseArgs } from 'node:util';
import { nearest } from '../../text/nearest.js';
import { cut, either, quoted } from '../../text/words.js';
import { CannotRun } from '../errors.js';
import { FUZZ_REQUESTS } from '../fuzz/fuzz.js';
import { type Chosen, TARGETS, type TargetName } from '../model/target.js';
import { REPORT_KINDS, type ReportKind } from '../report/write.js';

const OPTIONS = {
  target: { type: 'string', multiple: true },
  'base-url': { type: 'string', multiple: true },
  'token-url': { type: 'string' },
  spec: { type: 'string' },
  operation: { type: 'string', multiple: true },
  id: { type: 'string', multiple: true },
  'max-requests': { type: 'string' },
  reserve: { type: 'string' },
  timeout: { type: 'string' },
  report: { type: 'string', multiple: true },
  since: { type: 'string' },
  accept: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  'require-coverage': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  exhaust: { type: 'boolean' },
  fuzz: { type: 'string' },
  seed: { type: 'string' },
  'fuzz-file': { type: 'string' },
  verbose: { type: 'boolean' },
  'list-rules': { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Option = keyof typeof OPTIONS;

/** The options by their names, without dashes. */
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly Option[];

export function takesValue(option: Option): boolean {
  return OPTIONS[option].type === 'string';
}

type Command = 'check' | 'verify' | 'compare';

export const COMMANDS: readonly Command[] = ['check', 'verify', 'compare'];
const SENDING: readonly Command[] = ['check', 'compare'];
const JUDGING: readonly Command[] = ['check', 'verify'];

/** The commands that take an option. */
const TAKEN_BY: Readonly<Record<Option, readonly Command[]>> = {
  target: SENDING,
  'base-url': SENDING,
  'token-url': SENDING,
  spec: COMMANDS,
  operation: SENDING,
  id: SENDING,
  'max-requests': SENDING,
  reserve: SENDING,
  timeout: SENDING,
  report: JUDGING,
  since: JUDGING,
  accept: JUDGING,
  strict: JUDGING,
  'require-coverage': ['check'],
  'allow-incomplete': SENDING,
  exhaust: ['check'],
  fuzz: ['check'],
  seed: ['check'],
  'fuzz-file': ['check'],
  verbose: JUDGING,
  'list-rules': COMMANDS,
  explain: COMMANDS,
  help: COMMANDS,
  version: COMMANDS,
};

/** Options that only print something. */
const PRINTS: readonly Option[] = ['list-rules', 'explain', 'help', 'version'];

/** Reads and checks the value of each option; forgetting one is a compile error. */
const READERS = {
  target: (given: string[] = []) => given.map(target),
  'base-url': (given: string[] = []) => given,
  'token-url': (given?: string) => given,
  spec: (given?: string) => given,
  operation: (given: string[] = []) => given,
  id: (given: string[] = []) => new Map(given.map(id)),
  'max-requests': (given?: string) => (given === undefined ? given : whole('--max-requests', given)),
  reserve: (given?: string) => (given === undefined ? given : whole('--reserve', given)),
  /** Milliseconds. */
  timeout: (given = '30') => whole('--timeout', given) * 1000,
  report: (given: string[] = []) => given.map(report),
  since: (given?: string) => given,
  accept: (given: string[] = []) => given,
  strict: (given = false) => given,
  'require-coverage': (given = false) => given,
  'allow-incomplete': (given = false) => given,
  exhaust: (given = false) => given,
  fuzz: (given?: string) => (given === undefined ? given : amount(given)),
  seed: (given?: string) => (given === undefined ? given : whole('--seed', given)),
  'fuzz-file': (given?: string) => given,
  verbose: (given = false) => given,
  'list-rules': (given = false) => given,
  explain: (given?: string) => given,
  help: (given = false) => given,
  version: (given = false) => given,
} satisfies { readonly [Name in Option]: (given: Given[Name]) => unknown };

type Given = ReturnType<typeof parse>['values'];
type Options = { [Name in Option]: ReturnType<(typeof READERS)[Name]> };

/** A command line, read and checked; the options have the names that users type. */
export interface Arguments extends Options {
  command: Command;
  /** Files of `verify`. */
  files: string[];
  /** The named targets, else the mock, or the server given by --base-url. */
  targets: Chosen[];
}

/** @throws CannotRun naming the option and the fix. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [command = 'check', ...files] = positionals;
  if (!isCommand(command)) {
    throw new CannotRun(
      `${quoted(command)} is not a command: there are check (the default), verify and compare.`,
    );
  }
  if (command === 'verify' && files.length === 0 && !values.help) {
    throw new CannotRun('verify needs a file of recorded traffic: ev-energy-contract verify FILE.har');
  }
  if (command !== 'verify' && files.length > 0)
    throw new CannotRun(`${quoted(files[0] ?? '')} is one argument too many: --help shows the usage.`);
  const given = Object.keys(values) as Option[];
  const stray = given.find((option) => !TAKEN_BY[option].includes(command));
  if (stray) {
    const taken = Object.keys(TAKEN_BY) as Option[];
    const own = taken.filter((option) => TAKEN_BY[option].includes(command) && !PRINTS.includes(option));
    const all = own.map((option) => `--${option}`);
    throw new CannotRun(`${command} has no use for --${stray}: its options are ${all.join(', ')}.`);
  }
  const options = read(values);
  const alone = (['seed', 'fuzz-file'] as const).find((option) => options[option] !== undefined);
  if (alone && !options.fuzz) throw new CannotRun(`--${alone} belongs to --fuzz: give both, or neither.`);
  const baseUrls = options['base-url'];
  const unnamed: Chosen = baseUrls.length > 0 ? 'server' : 'mock';
  const targets = options.target.length > 0 ? options.target : [unnamed];
  if (command === 'check' && baseUrls.length > 0 && (targets.length > 1 || baseUrls.length > 1)) {
    throw new CannotRun('--base-url is for one target: give one --target with it, or compare two servers.');
  }
  return { ...options, command, files, targets };
}

function isCommand(name: string): name is Command {
  return COMMANDS.some((command) => command === name);
}

function read(given: Given): Options {
  const readers: Readonly<Record<string, (given: never) => unknown>> = READERS;
  const values = Object.entries(readers).map(([name, reader]) => [
    name,
    reader(given[name as Option] as never),
  ]);
  return Object.fromEntries(values) as Options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: args.map(withAmount), options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const option = /'(-{1,2}[^' ,=]+)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const similar = nearest(option.replace(/^-+/, ''), Object.keys(OPTIONS));
      const advice = similar ? `did you mean --${similar}?` : '--help lists the options.';
      throw new CannotRun(`There is no option ${cut(option)}: ${advice}`, { cause });
    }
    const takes = /does not take an argument/.test(message) ? 'takes no value' : 'needs a value';
    throw new CannotRun(`${option} ${takes}: see --help.`, { cause });
  }
}

function target(name: string): TargetName {
  const known = TARGETS.find((candidate) => candidate === name);
  if (known) return known;
  throw new CannotRun(`--target must be ${either(TARGETS)}, not ${quoted(name)}.`);
}

function id(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new CannotRun(`--id must be NAME=VALUE, as evse_id=evse01…, not ${quoted(text)}.`);
  }
  return [name, value];
}

function report(text: string): { kind: ReportKind; path: string } {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const kind = REPORT_KINDS.find((known) => known === name);
  if (kind && path !== undefined) return { kind, path };
  throw new CannotRun(
    `--report must be ${either(REPORT_KINDS)} with a file, as html=report.html, not ${quoted(text)}.`,
  );
}

/** `--fuzz` may stand alone. */
function withAmount(arg: string, index: number, args: readonly string[]): string {
  if (arg !== '--fuzz') return arg;
  const next = args[index + 1];
  return next === undefined || !/^\d/.test(next) ? `--fuzz=${FUZZ_REQUESTS}` : arg;
}

/** `200` requests, or `30s`. */
function amount(text: string): { requests: number } | { seconds: number } {
  const [, digits = '', unit] = /^(\d{1,9})(s?)$/.exec(text) ?? [];
  if (Number(digits) > 0) return unit === 's' ? { seconds: Number(digits) } : { requests: Number(digits) };
  throw new CannotRun(
    `--fuzz must be a number of requests, as 200, or of seconds, as 30s, not ${quoted(text)}.`,
  );
}

function whole(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new CannotRun(`${option} must be a whole number from 1, not ${quoted(text)}.`);
}
