import { count, inert } from '../../../text/words.js';
import { fold, wrap } from '../../../text/wrap.js';
import type { CheckResult } from '../../model/result.js';
import { conforms } from '../../run/result.js';
import { goneOf } from '../data.js';
import { byReason, causesAndAnswers, causesOf, limitsOf } from '../grouping.js';
import { labelOf } from './label.js';
import { placeLines } from './place.js';
import type { Style } from './style.js';

/** Number of the document's faults to show without --verbose. */
const FEW = 5;
/** With more rules than this, only their number is shown. */
const MANY = 6;

/** The end of a report: faults of the document, what wasn't covered, and the outcome. */
export function summaryLines(result: CheckResult, style: Style): string[] {
  return [
    ...faultLines(result, style),
    ...uncoveredLines(result, style),
    ...inapplicableLines(result, style),
    ...acceptedLines(result, style),
    ...limitLines(result, style),
    ...leftOutLines(result, style),
    ...sinceLines(result, style),
    outcome(result, style),
  ];
}

/** What has changed since an earlier report. */
function sinceLines(result: CheckResult, { paint, since, verbose, width }: Style): string[] {
  if (!since) return [];
  const fresh = result.violations.filter((one) => since.isNew(result.target.name, one));
  const gone = goneOf(result, since);
  const day = since.date === null ? '' : ` of ${since.date.slice(0, 16).replace('T', ' ')} UTC`;
  const text = `since ${since.file}${day}: ${fresh.length === 0 ? 'nothing' : causesAndAnswers(fresh)} new, ${count(gone.length, 'violation')} gone`;
  const names = gone.map(({ rule, operation, where }) => {
    const found = result.operations.find(({ id }) => id === operation);
    return `${rule}: ${labelOf(found)}, ${where}`;
  });
  const lines = verbose ? names : [];
  return [
    `${fresh.length > 0 ? paint('yellow', '+') : paint('dim', '=')} ${wrap(text, width - 2).replaceAll('\n', '\n  ')}`,
    ...lines.map((line) => paint('dim', fold(line, width, '    '))),
  ];
}

function outcome(result: CheckResult, { paint, width }: Style): string {
  const rules = new Set(
    result.verdicts
      .filter(({ state }) => !['not-applicable', 'not-covered'].includes(state))
      .map(({ rule }) => rule),
  );
  const asked = `${count(result.requests, 'request')}, ${count(rules.size, 'rule')}, ${result.seconds.toFixed(1)} s`;
  const drift = causesOf(result.notes).length;
  const notes = drift > 0 ? `; ${count(drift, 'note')} (--verbose)` : '';
  const line = (sign: string, text: string) => `${sign} ${wrap(text, width - 2).replaceAll('\n', '\n  ')}`;
  const cut = result.incomplete;
  const lines = cut
    ? [
        line(
          paint('yellow', '?'),
          `incomplete: ${cut.sent} of ${cut.planned} checks' requests: ${cut.reason}`,
        ),
      ]
    : [];
  const { fuzzed } = result;
  if (fuzzed) {
    const again = fuzzed.sent > 0 ? `: the same again with --seed ${fuzzed.seed}` : '';
    const text = `${count(fuzzed.sent, 'request')} with generated values${again}`;
    lines.push(line(paint('dim', '~'), text));
  }
  if (conforms(result))
    lines.push(line(paint('green', '✓'), `${result.target.title} conforms: ${asked}${notes}`));
  else if (result.violations.length > 0 || result.missing > 0)
    lines.push(line(paint('red', '✗'), `${shortfall(result)} of ${result.target.title}: ${asked}${notes}`));
  else
    lines.push(
      line(paint('yellow', '?'), `nothing wrong so far on ${result.target.title}: ${asked}${notes}`),
    );
  return lines.join('\n');
}

function shortfall({ violations, missing }: CheckResult): string {
  const uncovered = `${count(missing, 'check')} not covered, which --require-coverage asks for,`;
  if (violations.length === 0) return uncovered;
  return `${causesAndAnswers(violations)}${missing > 0 ? ` and ${uncovered}` : ''}`;
}

function faultLines({ faults, contract }: CheckResult, { paint, verbose, width }: Style): string[] {
  if (faults.length === 0) return [];
  const shown = verbose ? faults : faults.slice(0, FEW);
  const rest = faults.length - shown.length;
  return [
    `${paint('yellow', '!')} ${count(faults.length, 'fault')} of the document itself, whichever server answers`,
    ...shown.flatMap(({ pointer, message }) => [
      fold(message, width, '    '),
      ...placeLines(contract, pointer, width - 4).map((line) => `    ${paint('dim', line)}`),
    ]),
    ...(rest > 0 ? [paint('dim', `    and ${rest} more (--verbose)`)] : []),
    '',
  ];
}

function uncoveredLines(result: CheckResult, { paint, width }: Style): string[] {
  const uncovered = result.verdicts.filter(({ state }) => state === 'not-covered');
  if (uncovered.length === 0) return [];
  return [
    `${paint('yellow', '?')} ${count(uncovered.length, 'check')} not covered`,
    ...byReason(uncovered).flatMap(({ reason, rules, operations }) => {
      const named = rules.length > MANY ? count(rules.length, 'rule') : rules.join(', ');
      const [first] = operations;
      const label = labelOf(result.operations.find(({ id }) => id === first));
      const more = operations.length > 1 ? ` and ${count(operations.length - 1, 'other')}` : '';
      return [fold(`${named}: ${reason}`, width, '    '), fold(`${label}${more}`, width, '      ')];
    }),
    '',
  ];
}

function inapplicableLines(result: CheckResult, { paint, verbose, width }: Style): string[] {
  const verdicts = result.verdicts.filter(({ state }) => state === 'not-applicable');
  const applied = new Set(
    result.verdicts.filter(({ state }) => state !== 'not-applicable').map(({ rule }) => rule),
  );
  const never = verdicts.filter(({ rule }) => !applied.has(rule));
  const rules = new Set(never.map(({ rule }) => rule));
  if (rules.size === 0) return [];
  if (!verbose) {
    const fixed = result.operations.map((operation) => result.target.fixed(operation)).find(Boolean);
    const reason = fixed ? `, most for want of state: ${result.target.title} answers with ${fixed}` : '';
    return [
      ...wrap(`– ${count(rules.size, 'rule')} not applicable${reason} (--verbose)`, width)
        .split('\n')
        .map((line) => paint('dim', line)),
    ];
  }
  return [
    '– not applicable',
    ...byReason(never).flatMap(({ reason, rules: own }) => {
      const names = own.filter((rule) => rules.delete(rule));
      return names.length === 0 ? [] : [fold(`${names.join(', ')}: ${reason}`, width, '    ')];
    }),
    '',
  ];
}

function limitLines({ limits, target, operations }: CheckResult, { paint, verbose, width }: Style): string[] {
  if (limits.length === 0) return [];
  const text = `– ${count(limits.length, 'limit')} of the mock ${target.title}, which fail nothing${verbose ? '' : ' (--verbose)'}`;
  const head = wrap(text, width)
    .split('\n')
    .map((line) => paint('dim', line));
  if (!verbose) return head;
  return [
    ...head,
    ...limitsOf(limits).flatMap(({ limit, findings }) => [
      fold(`${limit}: ${[...new Set(findings.map(({ rule }) => rule))].join(', ')}`, width, '    '),
      fold(
        [
          ...new Set(findings.map(({ operation }) => labelOf(operations.find(({ id }) => id === operation)))),
        ].join(', '),
        width,
        '      ',
      ),
    ]),
    '',
  ];
}

function acceptedLines({ accepted }: CheckResult, { paint, width }: Style): string[] {
  const entries = new Map(accepted.map(({ entry }) => [entry.at, entry]));
  if (entries.size === 0) return [];
  return [
    `${paint('yellow', '~')} ${count(accepted.length, 'violation')} accepted`,
    ...[...entries.values()].map(({ rule, reason, expires }) =>
      fold(inert(`${rule}, until ${expires}: ${reason}`), width, '    '),
    ),
    '',
  ];
}

/** Recorded requests that weren't judged, by reason: the first of each, or all. */
function leftOutLines({ leftOut = [] }: CheckResult, { paint, verbose, width }: Style): string[] {
  if (leftOut.length === 0) return [];
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return [
    `${paint('yellow', '?')} ${count(leftOut.length, 'recorded request')} left out, not judged`,
    ...reasons.flatMap((reason) => {
      const requests = leftOut.filter((one) => one.reason === reason).map(({ request }) => request);
      const shown = verbose ? requests : requests.slice(0, 1);
      const more =
        requests.length > shown.length ? [`and ${requests.length - shown.length} more (--verbose)`] : [];
      return [fold(reason, width, '    '), ...[...shown, ...more].map((line) => fold(line, width, '      '))];
    }),
    '',
  ];
}
