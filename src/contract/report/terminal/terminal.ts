import type { CheckResult } from '../../model/result.js';
import { GROUPS } from '../../model/rule.js';
import type { Violation } from '../../model/violation.js';
import { count, cut } from '../../text/words.js';
import { fold } from '../../text/wrap.js';
import { causesOf } from '../grouping.js';
import { labelOf } from './label.js';
import { type Cell, matrix, type Row } from './matrix.js';
import { type Paint, painter } from './paint.js';
import { placeLines } from './place.js';
import { summaryLines } from './summary.js';

const WIDTH = 80;
/** Beside the names of facts. */
const VALUE = WIDTH - 12;
/** With more operations than this the table shows only those that have something to say. */
const MANY = 40;
/** Causes that are shown without --verbose. */
const FEW = 20;

export interface TerminalOptions {
  colours: boolean;
  verbose: boolean;
}

/** The report for people: one table, then what was broken, grouped by cause. */
export function terminalReport(result: CheckResult, options: TerminalOptions): string {
  const paint = painter(options.colours);
  const lines = [
    ...table(result, paint),
    '',
    ...violationLines(result, paint, options.verbose),
    ...(options.verbose ? noteLines(result, paint) : []),
    ...summaryLines(result, paint, options.verbose),
  ];
  return `${lines.join('\n')}\n`;
}

function table(result: CheckResult, paint: Paint): string[] {
  const all = matrix(result);
  const rows = all.length > MANY ? all.filter(isNotable) : all;
  const first = WIDTH - GROUPS.reduce((sum, group) => sum + group.length + 1, 0);
  const head =
    cut(result.target.title, first - 1).padEnd(first) + GROUPS.map((group) => ` ${group}`).join('');
  const quiet = all.length - rows.length;
  return [
    paint('bold', head),
    ...rows.map(({ operation, cells }) => {
      const name = labelOf(operation, first - 1).padEnd(first);
      return name + GROUPS.map((group) => cellText(cells[group], group.length + 1, paint)).join('');
    }),
    ...(quiet > 0 ? [paint('dim', `${count(quiet, 'operation')} more with nothing to say`)] : []),
  ];
}

function isNotable({ cells }: Row): boolean {
  return GROUPS.some((group) => cells[group].state === 'broken');
}

function cellText({ state, violations }: Cell, width: number, paint: Paint): string {
  switch (state) {
    case 'broken':
      return paint('red', `✗ ${violations}`.padStart(width));
    case 'not-covered':
      return paint('yellow', '?'.padStart(width));
    case 'not-applicable':
      return paint('dim', '–'.padStart(width));
    default:
      return paint('green', '✓'.padStart(width));
  }
}

function violationLines(result: CheckResult, paint: Paint, verbose: boolean): string[] {
  const causes = causesOf(result.violations);
  const shown = verbose ? causes : causes.slice(0, FEW);
  const rest = causes.length - shown.length;
  return [
    ...shown.flatMap((cause) => causeLines(cause, result, paint)),
    ...(rest > 0 ? [`and ${count(rest, 'cause')} more (--verbose, or --report html=FILE)`, ''] : []),
  ];
}

function causeLines(
  cause: readonly [Violation, ...Violation[]],
  result: CheckResult,
  paint: Paint,
): string[] {
  const [first] = cause;
  const title = result.rules.find(({ id }) => id === first.rule)?.title ?? 'Accepted deviations are right';
  const labels = fold(labelsOf(cause, result), WIDTH, '  ');
  const answers = cause.length > 1 ? `  in ${cause.length} answers` : '';
  const gap = labels.length + answers.length > WIDTH ? '\n' : '';
  const row = (name: string, lines: readonly string[]) =>
    lines.map((line, index) => `  ${paint('dim', (index === 0 ? name : '').padEnd(10))}${line}`);
  const value = (text: string) => fold(text, VALUE).split('\n');
  return [
    heading(paint('red', '✗'), paint('bold', first.rule), first.rule, title),
    `${labels}${gap}${paint('dim', answers)}`,
    ...row('at', value(first.where)),
    ...row('expected', value(first.expected)),
    ...row('found', value(first.found)),
    ...(first.pointer === undefined
      ? []
      : row('document', placeLines(result.contract, first.pointer, VALUE))),
    ...(first.exchange
      ? row('request', value(`${first.exchange.name} → ${first.exchange.response.status}`))
      : []),
    '',
  ];
}

/** A sign, the name of a rule and a text; what doesn't fit goes on below. */
function heading(sign: string, painted: string, rule: string, text: string): string {
  const lines = fold(`${rule}  ${text}`, WIDTH - 2).replaceAll('\n', '\n  ');
  return `${sign} ${painted}${lines.slice(rule.length)}`;
}

/** The first operation that shows a cause, and how many others do. */
function labelsOf(cause: readonly [Violation, ...Violation[]], { operations }: CheckResult): string {
  const others = new Set(cause.map(({ operation }) => operation)).size - 1;
  const label = labelOf(operations.find(({ id }) => id === cause[0].operation));
  return others > 0 ? `${label} and ${count(others, 'other')}` : label;
}

function noteLines(result: CheckResult, paint: Paint): string[] {
  const causes = causesOf(result.notes);
  if (causes.length === 0) return [];
  return [
    'Notes: allowed drift',
    ...causes.flatMap((cause) => {
      const [{ rule, where, expected, found }] = cause;
      const text = `${where}: expected ${expected}, found ${found}`;
      return [heading(paint('yellow', '!'), rule, rule, labelsOf(cause, result)), fold(text, WIDTH, '    ')];
    }),
    '',
  ];
}
