import { styleText } from 'node:util';
import type { Contract } from '../contract.js';
import type { Violation } from '../model.js';
import { GROUPS, type Rule } from '../rule.js';
import type { RunResult } from '../run.js';
import { count, cut } from '../text.js';
import { type Cell, matrix } from './matrix.js';

const WIDTH = 80;
const CELL = 9;

/** The report for people: one table, then what was broken. */
export function terminalReport(
  result: RunResult,
  contract: Contract,
  rules: readonly Rule[],
  colours: boolean,
): string {
  const paint = painter(colours);
  const groups = GROUPS.filter((group) => rules.some((rule) => rule.group === group));
  const first = WIDTH - (groups.length + 1) * CELL;
  const lines = [
    paint('bold', 'operation'.padEnd(first) + ['requests', ...groups].map((g) => g.padStart(CELL)).join('')),
    ...matrix(result, rules).map((row) => {
      const name = cut(`${row.operation.method} ${row.operation.path}`, first - 1).padEnd(first);
      const cells = groups.map((group) => cellText(row.cells[group], paint));
      return name + String(row.requests).padStart(CELL) + cells.join('');
    }),
    '',
    ...result.violations.flatMap((violation) => violationLines(violation, contract, paint)),
    summary(result, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function cellText(cell: Cell, paint: Paint): string {
  if (cell.state === 'kept') return paint('green', '✓'.padStart(CELL));
  if (cell.state === 'broken') return paint('red', `✗ ${cell.violations}`.padStart(CELL));
  return paint('dim', '–'.padStart(CELL));
}

function violationLines(violation: Violation, contract: Contract, paint: Paint): string[] {
  const operation = contract.operations.find((candidate) => candidate.id === violation.operation);
  const title = operation ? `${operation.method} ${operation.path}` : 'the server';
  return [
    `${paint('red', '✗')} ${paint('bold', title)} ${paint('dim', violation.rule)}`,
    `  at        ${violation.where}`,
    `  expected  ${violation.expected}`,
    `  found     ${violation.found}`,
    ...(violation.pointer ? [`  document  ${violation.pointer}`] : []),
    ...(violation.exchange ? [`  request   ${violation.exchange.probe.name}`] : []),
    '',
  ];
}

function summary(result: RunResult, paint: Paint): string {
  const asked = `${count(result.exchanges.length, 'request')} to ${result.target.title}`;
  return result.violations.length === 0
    ? `${paint('green', '✓')} conforms, ${asked}`
    : `${paint('red', '✗')} ${count(result.violations.length, 'violation')}, ${asked}`;
}

type Paint = (style: 'red' | 'green' | 'bold' | 'dim', text: string) => string;

function painter(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}
