import { aroundDifference, count } from '../../../text/words.js';
import type { Report, ReportFinding, ReportRun } from '../data.js';
import { answersOf, byReason, causesAndAnswers, causesOf, limitsOf } from '../grouping.js';
import { exchangeDetails } from './exchange.js';
import { breakable, markup, operationList } from './markup.js';

/** Most characters of a value; the answer below it and the JSON report have it in full. */
const VALUE = 1000;

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
