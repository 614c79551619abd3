import { aroundDifference, count, cut } from '../../../text/words.js';
import { fold } from '../../../text/wrap.js';
import type { WireRequest } from '../../model/exchange.js';
import type { CheckResult } from '../../model/result.js';
import { GROUPS } from '../../model/rule.js';
import type { Violation } from '../../model/violation.js';
import { curlArguments, shortened } from '../curl.js';
import { answersOf, causesOf } from '../grouping.js';
import type { Since } from '../since.js';
import { labelOf } from './label.js';
import { type Cell, matrix, type Row } from './matrix.js';
import { type Paint, painter } from './paint.js';
import { placeLines } from './place.js';
import type { Style } from './style.js';
import { summaryLines } from './summary.js';

/** Width of the names beside values. */
const NAMES = 12;
/** Most lines of a value. */
const LINES = 2;
/** With more operations than this, the table only shows those with something to report. */
const MANY = 40;
/** Number of causes to show without --verbose. */
const FEW = 20;

export interface TerminalOptions {
  colours: boolean;
  verbose: boolean;
  /** Columns of the terminal. Default 80. */
  width?: number;
  /** An earlier report, to mark what is new. */
  since?: Since | undefined;
}

/** The report for people: a table, then the violations, grouped by cause. */
export function terminalReport(result: CheckResult, options: TerminalOptions): string {
  const { verbose, width = 80, since } = options;
  const style: Style = { paint: painter(options.colours), verbose, width, since };
  const lines = [
    ...table(result, style),
    '',
    ...violationLines(result, style),
    ...(verbose ? noteLines(result, style) : []),
    ...summaryLines(result, style),
  ];
  return `${lines.join('\n')}\n`;
}

function table(result: CheckResult, { paint, width }: Style): string[] {
  const all = matrix(result);
  const rows = all.length > MANY ? all.filter(isNotable) : all;
  const room = width - GROUPS.reduce((sum, group) => sum + group.length + 1, 0);
  // Show paths in full if they fit, with the columns close to them.
  const longest = Math.max(...rows.map(({ operation }) => labelOf(operation).length), MIDDLE);
  const first = Math.min(room, Math.max(longest, result.target.title.length) + 1);
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

/** The narrowest first column. */
const MIDDLE = 24;

function isNotable({ cells }: Row): boolean {
  return GROUPS.some((group) => cells[group].state === 'broken');
}

function cellText({ state, answers }: Cell, width: number, paint: Paint): string {
  switch (state) {
    case 'broken':
      return paint('red', (answers === 0 ? '✗' : `✗ ${answers}`).padStart(width));
    case 'not-covered':
      return paint('yellow', '?'.padStart(width));
    case 'not-applicable':
      return paint('dim', '–'.padStart(width));
    default:
      return paint('green', '✓'.padStart(width));
  }
}

function violationLines(result: CheckResult, style: Style): string[] {
  const causes = causesOf(result.violations);
  const shown = style.verbose ? causes : causes.slice(0, FEW);
  const rest = causes.length - shown.length;
  return [
    ...shown.flatMap((cause) => causeLines(cause, result, style)),
    ...(rest > 0 ? [`and ${count(rest, 'cause')} more (--verbose, or --report html=FILE)`, ''] : []),
  ];
}

function causeLines(
  cause: readonly [Violation, ...Violation[]],
  result: CheckResult,
  style: Style,
): string[] {
  const { paint, width } = style;
  const [first] = cause;
  const title = result.rules.find(({ id }) => id === first.rule)?.title ?? 'Accepted deviations are right';
  const value = (text: string) => fold(text, width - NAMES).split('\n');
  const row = (name: string, lines: readonly string[]) =>
    lines.map((line, index) => `  ${paint('dim', (index === 0 ? name : '').padEnd(10))}${line}`);
  const [expected, found] = aroundDifference(first.expected, first.found, LINES * (width - NAMES) - NAMES);
  return [
    heading(paint('red', '✗'), paint('bold', first.rule), `${first.rule}  ${title}`, width),
    ...subjectLines(cause, result, style),
    ...row('at', value(first.where)),
    ...row('expected', value(expected)),
    ...row('found', value(found)),
    ...(first.pointer === undefined
      ? []
      : row('document', placeLines(result.contract, first.pointer, width - NAMES))),
    ...(first.exchange
      ? row(
          'request',
          value(`${result.redact.text(first.exchange.name)} → ${first.exchange.response.status}`),
        )
      : []),
    ...(first.unanswered
      ? row('request', value(`${result.redact.text(first.unanswered.probe.name)} → no answer`))
      : []),
    ...curlLines(first.exchange ?? first.unanswered, result, width),
    '',
  ];
}

/** Whose answers show a cause, how many of them, and whether it is new. */
function subjectLines(cause: readonly Violation[], result: CheckResult, style: Style): string[] {
  const { paint, width, since } = style;
  const answers = answersOf(cause);
  const fresh = since ? cause.filter((one) => since.isNew(result.target.name, one)).length : 0;
  const marks = [
    ...(answers > 1 ? [paint('dim', `in ${answers} answers`)] : []),
    ...(fresh > 0 ? [paint('yellow', fresh === cause.length ? 'new' : 'new in some of them')] : []),
  ];
  const labels = fold(labelsOf(cause, result), width, '  ');
  if (marks.length === 0) return [labels];
  const plain = `  in ${answers} answers  new in some of them`;
  const fits = !labels.includes('\n') && labels.length + plain.length <= width;
  return fits ? [`${labels}  ${marks.join('  ')}`] : [labels, `  ${marks.join('  ')}`];
}

/** A command to be copied as a whole, so it is only broken where the shell allows it. */
function curlLines(
  sent: { readonly request: WireRequest } | undefined,
  { redact }: CheckResult,
  width: number,
): string[] {
  if (!sent) return [];
  const parts = curlArguments(sent, { request: redact.request(sent.request) });
  const short = shortened(parts.join(' '));
  if (short) return short.flatMap((line) => fold(line, width, '  # ').split('\n'));
  return parts.map(
    (part, index) => `  ${index === 0 ? '' : '  '}${part}${index < parts.length - 1 ? ' \\' : ''}`,
  );
}

/** A sign, the name of a rule and a text; it continues on further lines if it doesn't fit. */
function heading(sign: string, painted: string, text: string, width: number): string {
  const [rule = ''] = text.split(' ');
  const lines = fold(text, width - 2).replaceAll('\n', '\n  ');
  return `${sign} ${painted}${lines.slice(rule.length)}`;
}

/** The first operation that shows a cause, and the number of others. */
function labelsOf(cause: readonly Violation[], { operations }: CheckResult): string {
  const others = new Set(cause.map(({ operation }) => operation)).size - 1;
  const label = labelOf(operations.find(({ id }) => id === cause[0]?.operation));
  return others > 0 ? `${label} and ${count(others, 'other')}` : label;
}

function noteLines(result: CheckResult, { paint, width }: Style): string[] {
  const causes = causesOf(result.notes);
  if (causes.length === 0) return [];
  return [
    'Notes: allowed drift',
    ...causes.flatMap((cause) => {
      const [{ rule, where, ...values }] = cause;
      const [expected, found] = aroundDifference(values.expected, values.found, width);
      const text = `${where}: expected ${expected}, found ${found}`;
      return [
        heading(paint('yellow', '!'), rule, `${rule}  ${labelsOf(cause, result)}`, width),
        fold(text, width, '    '),
      ];
    }),
    '',
  ];
}
