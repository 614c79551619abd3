import { aroundDifference, count } from '../../text/words.js';
import { shortened } from './curl.js';
import type { Report, ReportFinding, ReportRun } from './data.js';
import { answersOf, causesAndAnswers, causesOf, limitsOf } from './grouping.js';
import { markup } from './html/markup.js';

const MOST = 30;
/** Number of operations to name per cause. */
const FEW = 3;
/** Most characters of a value. */
const VALUE = 200;

/** Markdown for the summary of a CI job. */
export function markdownReport(report: Report): string {
  const { document, conforms, error, runs } = report;
  return [
    `## ${conforms ? '✅' : '❌'} Contract: ${document.title ? `${text(document.title)} ${text(document.version)}` : code(document.file)}`,
    '',
    ...(error === undefined ? [] : [`**Could not run:** ${text(error)}`, '']),
    ...(runs.length > 0 ? outcomes(runs) : []),
    ...changes(report),
    ...runs.flatMap((run) => [...violations(run, report), ...limits(run)]),
    ...faults(report),
    '',
  ].join('\n');
}

function changes({ since, runs }: Report): string[] {
  if (!since) return [];
  const fresh = runs.flatMap(({ violations: all }) => all.filter((one) => one.new));
  const gone = runs.reduce((sum, run) => sum + (run.gone?.length ?? 0), 0);
  const day = since.date === null ? '' : ` of ${since.date.slice(0, 10)}`;
  const words = fresh.length === 0 ? 'nothing' : causesAndAnswers(fresh);
  return ['', `Since ${code(since.file)}${day}: ${words} new, ${count(gone, 'violation')} gone.`];
}

function outcomes(runs: readonly ReportRun[]): string[] {
  return [
    '| target | outcome | causes | answers | notes | not covered | requests | seconds |',
    '| --- | --- | --: | --: | --: | --: | --: | --: |',
    ...runs.map(row),
  ];
}

function row({
  target,
  conforms,
  violations: broken,
  notes,
  verdicts,
  requests,
  seconds,
  incomplete,
}: ReportRun): string {
  const uncovered = verdicts.filter(({ state }) => state === 'not-covered').length;
  const cells = [
    text(target.title),
    outcome(conforms, broken.length > 0, incomplete),
    causesOf(broken).length,
    answersOf(broken),
    causesOf(notes).length,
    uncovered,
    requests,
    seconds.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

function outcome(conforms: boolean, isBroken: boolean, incomplete: ReportRun['incomplete']): string {
  const cut = incomplete
    ? `**incomplete: ${incomplete.sent} of ${incomplete.planned} checks' requests**`
    : '';
  if (isBroken) return ['**broken**', cut].filter(Boolean).join(', ');
  return cut || (conforms ? 'conforms' : '**not covered**');
}

function violations({ target, violations: broken }: ReportRun, { operations }: Report): string[] {
  if (broken.length === 0) return [];
  const label = ({ operation }: ReportFinding) => {
    const found = operations.find(({ id }) => id === operation);
    return found ? code(`${found.method} ${found.path}`) : 'the server';
  };
  const causes = causesOf(broken);
  const rest = causes.length - MOST;
  return [
    '',
    `### ${causesAndAnswers(broken)} of ${text(target.title)}`,
    '',
    '| rule | operation | at | expected | found | document | answers |',
    '| --- | --- | --- | --- | --- | --- | --: |',
    ...causes.slice(0, MOST).map((cause) => {
      const [{ rule, where, pointer, line, ...values }] = cause;
      const [expected, found] = aroundDifference(values.expected, values.found, VALUE);
      const labels = [...new Set(cause.map(label))];
      const shown = labels.length > FEW ? [...labels.slice(0, FEW), `${labels.length - FEW} others`] : labels;
      const place = pointer === null ? '' : code(line === null ? pointer : `line ${line}`);
      const cells = [
        cause.some((one) => one.new) ? `${code(rule)} **new**` : code(rule),
        shown.join(', '),
        code(where),
        text(expected),
        code(found),
        place,
        answersOf(cause),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    ...(rest > 0 ? ['', `and ${count(rest, 'cause')} more`] : []),
    ...commands(causes.slice(0, MOST)),
  ];
}

/** The requests as curl commands, to copy; folded to keep the summary short. */
function commands(causes: readonly [ReportFinding, ...ReportFinding[]][]): string[] {
  const lines = [...new Set(causes.flatMap(([{ curl }]) => (curl === null ? [] : [curl])))].flatMap(
    (curl) => shortened(curl) ?? [curl],
  );
  if (lines.length === 0) return [];
  // A fence longer than any in the lines.
  const fence = '`'.repeat(
    Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length)) + 1,
  );
  return [
    '',
    '<details><summary>The requests again</summary>',
    '',
    `${fence}sh`,
    ...lines,
    fence,
    '',
    '</details>',
  ];
}

/** Folded, since few readers need to know what the mock couldn't show. */
function limits({ target, limits: all }: ReportRun): string[] {
  if (all.length === 0) return [];
  return [
    '',
    // No Markdown is read there.
    `<details><summary>${count(all.length, 'limit')} of the mock ${markup(target.title)}, which fail nothing</summary>`,
    '',
    ...limitsOf(all).map(
      ({ limit, findings }) =>
        `- ${text(limit)}: ${count(findings.length, 'answer')}, rules ${[...new Set(findings.map(({ rule }) => code(rule)))].join(', ')}`,
    ),
    '',
    '</details>',
  ];
}

function faults({ faults: all }: Report): string[] {
  if (all.length === 0) return [];
  const rest = all.length - MOST;
  return [
    '',
    `### ${count(all.length, 'fault')} of the document itself`,
    '',
    ...all
      .slice(0, MOST)
      .map(
        ({ message, pointer, line }) =>
          `- ${text(message)} (${code(line === null ? pointer : `line ${line}`)})`,
      ),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ];
}

/**
 * Text from a server must not become markup of the page. A code host looks for people, issues and addresses in what the
 * page shows, where an escape no longer counts: words that may be one are code, in which it doesn't look.
 */
function text(value: string): string {
  return value
    .split(/\s+/)
    .map((word) => {
      if (!/[@#]|:\/\/|www\.|^GH-/i.test(word)) return escaped(word);
      const end = /[.:,;]*$/.exec(word)?.[0] ?? '';
      return `${code(word.slice(0, word.length - end.length))}${end}`;
    })
    .join(' ');
}

function escaped(word: string): string {
  return word.replace(/[\\`*_{}[\]<>()+!|~$-]/g, '\\$&');
}

function code(value: string): string {
  const fence = '`'.repeat(Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const pad = value.startsWith('`') || value.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${value.replaceAll('|', '\\|').replace(/\s+/g, ' ')}${pad}${fence}`;
}
