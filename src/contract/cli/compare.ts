import { count, cut, inert } from '../../text/words.js';
import { wrap } from '../../text/wrap.js';
import { type Comparison, compareServers, type Difference } from '../compare/compare-servers.js';
import { CannotRun } from '../errors.js';
import { Budget } from '../exchange/budget.js';
import { secretsOfTarget } from '../exit/redactor.js';
import type { Contract } from '../model/contract.js';
import type { Target } from '../model/target.js';
import { labelOf } from '../report/terminal/label.js';
import { type Paint, painter, wantsColours } from '../report/terminal/paint.js';
import { comparedTarget } from '../targets/compared.js';
import { chooseOperations } from './check.js';
import { widthOf } from './io.js';
import type { Arguments } from './options.js';
import type { Outlet } from './output.js';

const BUDGET = 600;
const RESERVE = 100;
/** Columns for what each server showed, where there is room. */
const COLUMN = 22;

/** Shows where the answers of two servers differ in shape, and returns the exit code. */
export async function compareCommand(args: Arguments, contract: Contract, io: Outlet): Promise<number> {
  const [first, second, ...more] = args['base-url'];
  if (first === undefined || second === undefined || more.length > 0) {
    throw new CannotRun('compare needs two servers: ev-energy-contract compare --base-url A --base-url B');
  }
  // Each server has its own hour; the requests to both are counted together.
  const budget = new Budget(args['max-requests'] ?? BUDGET, args.reserve ?? RESERVE);
  const choose = (baseUrl: string, index: number) =>
    comparedTarget({
      contract,
      baseUrl,
      name: args.target[index] ?? args.target[0],
      tokenUrl: args['token-url'],
      timeout: args.timeout,
      count: budget,
      environment: io.environment,
    });
  const targets: [Target, Target] = [await choose(first, 0), await choose(second, 1)];
  for (const target of targets) io.learn(...secretsOfTarget(target));
  const comparison = await compareServers({
    contract,
    operations: chooseOperations(args, contract),
    targets,
    budgets: [budget, budget.beside()],
    ids: args.id,
    timeout: args.timeout,
  });
  const paint = painter(wantsColours(io.stdout, io.environment));
  io.stdout.write(comparisonText(comparison, targets, { paint, width: widthOf(io.stdout) }));
  if (comparison.compared === 0)
    throw new CannotRun('No request could be sent to both servers: nothing was compared.');
  if (comparison.differences.length > 0) return 1;
  return comparison.incomplete === undefined || args['allow-incomplete'] ? 0 : 2;
}

/** Differences side by side, what wasn't compared, and the outcome. */
export function comparisonText(
  { differences, compared, uncompared, incomplete }: Comparison,
  [a, b]: readonly [Pick<Target, 'baseUrl'>, Pick<Target, 'baseUrl'>],
  { paint, width }: { paint: Paint; width: number },
): string {
  const column = Math.max(Math.min(COLUMN, Math.floor(width / 3)), Math.floor(width / 4));
  const named = width - 2 - 2 * column;
  const folded = (sign: string, text: string) =>
    `${sign} ${wrap(inert(text), width - 2).replaceAll('\n', '\n  ')}`;
  const lines = [inert(`A ${a.baseUrl}`), inert(`B ${b.baseUrl}`), ''];
  const groups = new Map<string, Difference[]>();
  for (const one of differences) {
    const key = inert(`${labelOf(one.operation)}  ${one.asked}`);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [title, own] of groups) {
    lines.push(paint('bold', cut(title, width)));
    lines.push(paint('dim', `  ${''.padEnd(named)}${'A'.padEnd(column)}B`));
    for (const { where, a: left, b: right } of own) {
      const name = cut(inert(where), named - 1).padEnd(named);
      lines.push(
        `  ${name}${paint('red', cut(inert(left), column - 1).padEnd(column))}${paint('red', cut(inert(right), column))}`,
      );
    }
    lines.push('');
  }
  const reasons = new Map<string, number>();
  for (const { reason } of uncompared) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, times] of reasons)
    lines.push(folded('?', `${count(times, 'operation')} not compared: ${reason}`));
  if (incomplete !== undefined) lines.push(folded(paint('yellow', '?'), `incomplete: ${incomplete}`));
  const within = `in ${count(compared, 'request')}`;
  if (differences.length > 0)
    lines.push(`${paint('red', '✗')} ${count(differences.length, 'difference')} ${within}`);
  else if (incomplete !== undefined) lines.push(`${paint('yellow', '?')} the same shape so far, ${within}`);
  else lines.push(`${paint('green', '✓')} the same shape ${within}`);
  return `${lines.join('\n')}\n`;
}
