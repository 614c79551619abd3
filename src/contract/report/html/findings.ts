import { isObject, join, parseJson } from '../../../document/index.js';
import { aroundDifference, count } from '../../../text/words.js';
import type { Shown } from '../../model/result.js';
import type { Report, ReportFinding, ReportRun } from '../data.js';
import { answersOf, byReason, causesAndAnswers, causesOf, limitsOf } from '../grouping.js';
import { breakable, markup, operationList } from './markup.js';

/** Most characters of a value; the answer below it and the JSON report have it in full. */
const VALUE = 1000;

/** Number of lines of a body to show around the faulty part. */
const AROUND = 60;

/** Violations, notes, accepted deviations, requests that weren't judged and faults of the document. */
export function findingsSections(report: Report): string {
  return [
    ...report.runs.flatMap((run) => [
      violations(report, run),
      notes(report, run),
      accepted(report, run),
      limits(report, run),
      leftOut(run),
    ]),
    faults(report),
  ].join('\n');
}

function violations(report: Report, run: ReportRun): string {
  if (run.violations.length === 0) return gone(report, run);
  const title = `<h2>${causesAndAnswers(run.violations)} of ${markup(run.target.title)}</h2>`;
  return `<section id="violations-${markup(run.target.name)}" class="violations">${title}${filters(report, run)}${articles(report, run, run.violations, '')}<p class="nothing soft" hidden>Nothing here fits the filter.</p>${gone(report, run)}</section>`;
}

/** Allowed drift that all answers show is listed once. */
function notes(report: Report, run: ReportRun): string {
  if (run.notes.length === 0) return '';
  const title = `<h2>${count(causesOf(run.notes).length, 'note')} of ${markup(run.target.title)}</h2>`;
  return `<section><details><summary>${title}</summary>${articles(report, run, run.notes, 'note')}</details></section>`;
}

/** Filters by text, by rule, and by what is new; only shown if scripts run. */
function filters({ since }: Report, { target, violations: all }: ReportRun): string {
  const rules = [...new Set(all.map(({ rule }) => rule))].sort();
  const options = [
    '<option value="">all rules</option>',
    ...rules.map((rule) => `<option>${markup(rule)}</option>`),
  ];
  const fresh = since ? '<label><input type="checkbox" data-filter="new"> only what is new</label>' : '';
  return `<div class="filters" role="search" aria-label="Filter the violations of ${markup(target.title)}" hidden><input type="search" data-filter="text" placeholder="Filter by text" aria-label="Filter by text"><select data-filter="rule" aria-label="Filter by rule">${options.join('')}</select>${fresh}</div>`;
}

function articles(report: Report, run: ReportRun, findings: readonly ReportFinding[], kind: string): string {
  const named = new Set<string>();
  return causesOf(findings)
    .map((cause) => {
      const [{ rule }] = cause;
      const id = `finding-${run.target.name}-${rule}`;
      // The matrix links to the first finding of a rule.
      const anchor = named.has(id) ? '' : ` id="${markup(id)}"`;
      named.add(id);
      return article(report, run, cause, anchor, kind);
    })
    .join('\n');
}

function article(
  report: Report,
  run: ReportRun,
  cause: readonly [ReportFinding, ...ReportFinding[]],
  anchor: string,
  kind: string,
): string {
  const [first] = cause;
  const rule = report.rules.find(({ id }) => id === first.rule);
  const operations = [...new Set(cause.map(({ operation }) => operation))];
  const exchange = run.exchanges.find(({ number }) => number === first.exchange);
  const place =
    first.pointer === null ? '' : `${first.line === null ? '' : `line ${first.line} `}${first.pointer}`;
  const [expected, found] = aroundDifference(first.expected, first.found, VALUE);
  const facts = [
    ['at', first.where],
    ['expected', expected],
    ['found', found],
    ...(place ? [['document', place]] : []),
    ...(answersOf(cause) > 1 ? [['answers', String(answersOf(cause))]] : []),
    ...(first.url === null ? [] : [['request', `${first.method} ${first.url}`]]),
  ].map(([name = '', value = '']) => `<dt>${name}</dt><dd><code>${breakable(value)}</code></dd>`);
  const title = rule
    ? `<a href="#rule-${markup(rule.id)}"><code>${markup(rule.id)}</code></a> ${markup(rule.title)}`
    : `<code>${markup(first.rule)}</code>`;
  const isNew = cause.some((one) => one.new);
  const badge = isNew ? ' <span class="new">new</span>' : '';
  const subject = `<dt>${operations.length === 1 ? 'operation' : 'operations'}</dt><dd>${operationList(report, operations)}</dd>`;
  return `<article${anchor} class="${kind}" data-rule="${markup(first.rule)}"${isNew ? ' data-new' : ''}><h3>${title}${badge}</h3><dl class="facts">${subject}${facts.join('')}</dl>${first.curl === null ? '' : command(first.curl)}${exchange ? exchangeDetails(exchange, first.where) : ''}</article>`;
}

/** The request as a curl command. */
function command(curl: string): string {
  return `<div class="curl"><button type="button" data-copy hidden>Copy as curl</button><pre><code>${markup(curl)}</code></pre></div>`;
}

interface Line {
  text: string;
  /** Pointer to the member in this line. */
  pointer: string;
}

/**
 * A request and its answer, with the subject of the finding marked: the status, a header, or a member of the body.
 *
 * @param where place of the finding: `status`, `header Link`, `body /0/name`.
 */
export function exchangeDetails({ name, request, response }: Shown, where: string): string {
  const asked = `${markup(`${request.method} ${request.url}`)}\n${headerLines(request.headers, '')}${request.body ? `\n\n${markup(request.body)}` : ''}`;
  const status = where === 'status' ? `<mark>${response.status}</mark>` : String(response.status);
  const header = /^header (.+)$/.exec(where)?.[1] ?? '';
  const pointer = /^body ?(\/.*)?$/.exec(where)?.[1];
  const came = `${status}\n${headerLines(response.headers, header)}\n\n${body(response.body, pointer)}`;
  return `<details class="exchange"><summary>Request and answer: ${markup(name)}</summary><pre>${asked}</pre><pre>${came}</pre></details>`;
}

function headerLines(headers: Readonly<Record<string, string>>, faulty: string): string {
  return Object.entries(headers)
    .map(([name, value]) => marked(`${name}: ${value}`, name.toLowerCase() === faulty.toLowerCase()))
    .join('\n');
}

function marked(text: string, isFaulty: boolean): string {
  return isFaulty ? `<mark>${markup(text)}</mark>` : markup(text);
}

/** Shows a body from its beginning, or, if it is JSON, around the faulty member. */
function body(text: string, pointer: string | undefined): string {
  const json = parseJson(text);
  const lines = json ? jsonLines(json.value) : text.split('\n').map((line) => ({ text: line, pointer: '' }));
  const isFaulty = (line: Line) =>
    pointer !== undefined && (line.pointer === pointer || line.pointer.startsWith(`${pointer}/`));
  const first = nearest(lines, pointer);
  const from = Math.max(0, first - AROUND / 2);
  const shown = lines.slice(from, from + AROUND);
  const after = lines.length - from - shown.length;
  return [
    ...(from > 0 ? [`… ${from} lines before`] : []),
    ...shown.map((line) => marked(line.text, isFaulty(line))),
    ...(after > 0 ? [`… ${after} lines more`] : []),
  ].join('\n');
}

/** The line of a member, or, if it is missing, of the object that lacks it. */
function nearest(lines: readonly Line[], pointer = ''): number {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const index = lines.findIndex((line) => line.pointer === at);
    if (index >= 0) return index;
  }
  return 0;
}

/** The lines of JSON as `JSON.stringify` indents it, each with the pointer of its member. */
function jsonLines(value: unknown, pointer = '', indent = '', label = '', comma = ''): Line[] {
  const isList = Array.isArray(value);
  const members: [string, unknown][] = isList || isObject(value) ? Object.entries(value) : [];
  if (members.length === 0) return [{ text: `${indent}${label}${JSON.stringify(value)}${comma}`, pointer }];
  const [open, close] = isList ? '[]' : '{}';
  return [
    { text: `${indent}${label}${open}`, pointer },
    ...members.flatMap(([name, member], index) =>
      jsonLines(
        member,
        join(pointer, name),
        `${indent}  `,
        isList ? '' : `${JSON.stringify(name)}: `,
        index < members.length - 1 ? ',' : '',
      ),
    ),
    { text: `${indent}${close}${comma}`, pointer },
  ];
}

function gone({ since, operations }: Report, { target, gone: all = [] }: ReportRun): string {
  if (!since || all.length === 0) return '';
  const items = all.map(({ rule, operation, where }) => {
    const found = operations.find(({ id }) => id === operation);
    const label = found ? `${found.method} ${found.path}` : 'the server';
    return `<li><code>${markup(rule)}</code> ${breakable(label)}, ${markup(where)}</li>`;
  });
  return `<details class="gone"><summary>${count(all.length, 'violation')} of ${markup(target.title)} gone since ${markup(since.file)}</summary><ul>${items.join('')}</ul></details>`;
}

function accepted(report: Report, run: ReportRun): string {
  if (run.accepted.length === 0) return '';
  // Violations accepted by the same entry share its rule, reason and date.
  const entries = byReason(
    run.accepted.map((one) => ({ ...one, reason: `${one.reason} (until ${one.expires})` })),
  );
  const items = entries.map(
    ({ reason, rules, operations }) =>
      `<dt>${rules.map((rule) => `<code>${markup(rule)}</code>`).join(', ')}: ${markup(reason)}</dt><dd>${operationList(report, operations)}</dd>`,
  );
  return `<section><details><summary><h2>${count(run.accepted.length, 'violation')} accepted of ${markup(run.target.title)}</h2></summary><dl class="uncovered">${items.join('')}</dl></details></section>`;
}

function limits(report: Report, run: ReportRun): string {
  if (run.limits.length === 0) return '';
  const items = limitsOf(run.limits).map(({ limit, findings }) => {
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    const operations = [...new Set(findings.map(({ operation }) => operation))];
    return `<dt>${rules.map((rule) => `<code>${markup(rule)}</code>`).join(', ')}: ${markup(limit)}</dt><dd>${operationList(report, operations)}</dd>`;
  });
  return `<section><details><summary><h2>${count(run.limits.length, 'limit')} of the mock ${markup(run.target.title)}, which fail nothing</h2></summary><dl class="uncovered">${items.join('')}</dl></details></section>`;
}

function leftOut({ target, leftOut: all }: ReportRun): string {
  if (all.length === 0) return '';
  const items = all.map(
    ({ request, reason }) => `<dt><code>${breakable(request)}</code></dt><dd>${markup(reason)}</dd>`,
  );
  return `<section><details><summary><h2>${count(all.length, 'recorded request')} of ${markup(target.title)} left out, not judged</h2></summary><dl class="uncovered">${items.join('')}</dl></details></section>`;
}

function faults({ faults: all }: Report): string {
  if (all.length === 0) return '';
  const items = all.map(
    ({ message, pointer, line }) =>
      `<li>${markup(message)} <code>${line === null ? '' : `line ${line} `}${markup(pointer)}</code></li>`,
  );
  return `<section><h2>${count(all.length, 'fault')} of the document itself</h2><ul>${items.join('')}</ul></section>`;
}
