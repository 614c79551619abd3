import type { CheckResult } from '../check.js';
import { wrap } from '../cli/wrap.js';
import { GROUPS } from '../rule.js';
import { count, cut } from '../text.js';
import { type Cause, causesOf } from './causes.js';
import { labelOf } from './label.js';
import { type Cell, matrix, type Row } from './matrix.js';
import { type Paint, painter } from './paint.js';
import { placeOf } from './place.js';
import { summaryLines } from './summary.js';

const WIDTH = 80;
/** With more operations than this the table shows only those that have something to say. */
const MANY = 40;

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
    ...causesOf(result.violations).flatMap((cause) => causeLines(cause, result, paint)),
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

function causeLines(
  { rule, first, count: times, operations }: Cause,
  result: CheckResult,
  paint: Paint,
): string[] {
  const title = result.rules.find(({ id }) => id === rule)?.title ?? 'Accepted deviations are right';
  const [operation] = operations;
  const label = labelOf(result.operations.find(({ id }) => id === operation));
  const more = operations.length > 1 ? ` and ${count(operations.length - 1, 'other')}` : '';
  const answers = times > 1 ? paint('dim', `  in ${times} answers`) : '';
  const row = (name: string, text: string) => {
    const [line = '', ...rest] = wrap(text, WIDTH - 12).split('\n');
    return [`  ${paint('dim', name.padEnd(10))}${line}`, ...rest.map((next) => ' '.repeat(12) + next)];
  };
  return [
    `${paint('red', '✗')} ${paint('bold', rule)}  ${title}`,
    `  ${label}${more}${answers}`,
    ...row('at', first.where),
    ...row('expected', first.expected),
    ...row('found', first.found),
    ...(first.pointer === undefined ? [] : row('document', placeOf(result.contract, first.pointer))),
    ...(first.exchange ? row('request', `${first.exchange.name} → ${first.exchange.response.status}`) : []),
    '',
  ];
}

function noteLines(result: CheckResult, paint: Paint): string[] {
  const causes = causesOf(result.notes);
  if (causes.length === 0) return [];
  return [
    'Notes: allowed drift',
    ...causes.flatMap(({ rule, first, operations }) => [
      `  ${paint('yellow', '!')} ${rule}  ${labelOf(result.operations.find(({ id }) => id === operations[0]))}`,
      ...wrap(`${first.where}: expected ${first.expected}, found ${first.found}`, WIDTH, '    ').split('\n'),
    ]),
    '',
  ];
}
