import { parseArgs } from 'node:util';
import { CannotRun } from '../errors.js';
import { TARGETS, type TargetName } from '../model/target.js';
import { REPORT_KINDS, type ReportKind } from '../report/kinds.js';
import { nearest } from '../text/nearest.js';
import { cut, either, quoted } from '../text/words.js';

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
  accept: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  'require-coverage': { type: 'boolean' },
  exhaust: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'list-rules': { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Option = keyof typeof OPTIONS;

/** The options of the commands that don't take all of them, apart from those that only print something. */
const TAKES: Readonly<Record<string, readonly Option[]>> = {
  verify: ['spec', 'report', 'accept', 'strict', 'verbose'],
  compare: [
    'target',
    'base-url',
    'token-url',
    'spec',
    'operation',
    'id',
    'max-requests',
    'reserve',
    'timeout',
  ],
};
const PRINTS: readonly Option[] = ['help', 'version', 'list-rules', 'explain'];

/** A command line, read and checked. */
export interface Arguments {
  command: 'check' | 'verify' | 'compare';
  /** Files of `verify`. */
  files: string[];
  targets: TargetName[];
  /** The targets that were named, without the default. */
  named: TargetName[];
  baseUrls: string[];
  tokenUrl: string | undefined;
  spec: string | undefined;
  operations: string[];
  ids: Map<string, string>;
  maxRequests: number | undefined;
  reserve: number | undefined;
  /** Milliseconds. */
  timeout: number;
  reports: { kind: ReportKind; path: string }[];
  accept: string[];
  strict: boolean;
  requireCoverage: boolean;
  exhaust: boolean;
  verbose: boolean;
  listRules: boolean;
  explain: string | undefined;
  help: boolean;
  version: boolean;
}

/** @throws CannotRun naming the option and the fix. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [command = 'check', ...files] = positionals;
  if (command !== 'check' && command !== 'verify' && command !== 'compare') {
    throw new CannotRun(
      `${quoted(command)} is no command: there are check (the default), verify and compare.`,
    );
  }
  if (command === 'verify' && files.length === 0 && !values.help) {
    throw new CannotRun('verify needs a file of recorded traffic: ev-energy-contract verify FILE.har');
  }
  if (command !== 'verify' && files.length > 0)
    throw new CannotRun(`${quoted(files[0] ?? '')} is one argument too many: --help shows the usage.`);
  const given = Object.keys(values) as Option[];
  const takes = TAKES[command];
  const stray = takes && given.find((option) => !takes.includes(option) && !PRINTS.includes(option));
  if (stray) {
    const all = takes.map((option) => `--${option}`);
    throw new CannotRun(`${command} has no use for --${stray}: its options are ${all.join(', ')}.`);
  }
  const named = (values.target ?? []).map(target);
  const targets: TargetName[] = named.length > 0 ? named : ['mock'];
  const baseUrls = values['base-url'] ?? [];
  if (command === 'check' && baseUrls.length > 0 && (targets.length > 1 || baseUrls.length > 1)) {
    throw new CannotRun('--base-url is for one target: give one --target with it, or compare two servers.');
  }
  return {
    command,
    files,
    targets,
    named,
    baseUrls,
    tokenUrl: values['token-url'],
    spec: values.spec,
    operations: values.operation ?? [],
    ids: new Map((values.id ?? []).map(id)),
    maxRequests: whole('--max-requests', values['max-requests']),
    reserve: whole('--reserve', values.reserve),
    timeout: (whole('--timeout', values.timeout) ?? 30) * 1000,
    reports: (values.report ?? []).map(report),
    accept: values.accept ?? [],
    strict: values.strict ?? false,
    requireCoverage: values['require-coverage'] ?? false,
    exhaust: values.exhaust ?? false,
    verbose: values.verbose ?? false,
    listRules: values['list-rules'] ?? false,
    explain: values.explain,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
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

function whole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new CannotRun(`${option} must be a whole number from 1, not ${quoted(text)}.`);
}
