import type { Shown } from '../../model/result.js';
import { count } from '../../text/words.js';
import type { Report, ReportFinding, ReportRun } from '../data.js';
import { byReason, causesOf, limitsOf } from '../grouping.js';
import { breakable, markup, operationList } from './markup.js';

/** Violations, notes, accepted deviations and faults of the document. */
export function findingsSections(report: Report): string {
  return [
    ...report.runs.flatMap((run) => [
      section(report, run, 'violation', run.violations, ''),
      section(report, run, 'note', run.notes, 'note'),
      accepted(report, run),
      limits(report, run),
    ]),
    faults(report),
  ].join('\n');
}

function section(
  report: Report,
  run: ReportRun,
  noun: string,
  findings: readonly ReportFinding[],
  kind: string,
): string {
  if (findings.length === 0) return '';
  const named = new Set<string>();
  const causes = causesOf(findings);
  const articles = causes.map((group) => {
    const [first] = group;
    const id = `finding-${run.target.name}-${first.rule}`;
    // The matrix leads to the first finding of a rule.
    const anchor = named.has(id) ? '' : ` id="${markup(id)}"`;
    named.add(id);
    return article(report, run, group, first, anchor, kind);
  });
  // Allowed drift that all answers show is one thing to know; violations count one by one.
  const total = kind === 'note' ? causes.length : findings.length;
  const body = `<h2>${count(total, noun)} of ${markup(run.target.title)}</h2>`;
  return kind === 'note'
    ? `<section><details><summary>${body}</summary>${articles.join('\n')}</details></section>`
    : `<section id="violations-${markup(run.target.name)}">${body}${articles.join('\n')}</section>`;
}

function article(
  report: Report,
  run: ReportRun,
  group: readonly ReportFinding[],
  first: ReportFinding,
  anchor: string,
  kind: string,
): string {
  const rule = report.rules.find(({ id }) => id === first.rule);
  const operations = [...new Set(group.map(({ operation }) => operation))];
  const exchange = run.exchanges.find(({ number }) => number === first.exchange);
  const place =
    first.pointer === null ? '' : `${first.line === null ? '' : `line ${first.line} `}${first.pointer}`;
  const facts = [
    ['at', first.where],
    ['expected', first.expected],
    ['found', first.found],
    ...(place ? [['document', place]] : []),
    ...(group.length > 1 ? [['answers', String(group.length)]] : []),
  ].map(([name = '', value = '']) => `<dt>${name}</dt><dd><code>${breakable(value)}</code></dd>`);
  const title = rule
    ? `<a href="#rule-${markup(rule.id)}"><code>${markup(rule.id)}</code></a> ${markup(rule.title)}`
    : `<code>${markup(first.rule)}</code>`;
  return `<article${anchor} class="${kind}"><h3>${title}</h3><dl class="facts"><dt>${operations.length === 1 ? 'operation' : 'operations'}</dt><dd>${operationList(report, operations)}</dd>${facts.join('')}</dl>${exchange ? exchangeDetails(exchange) : ''}</article>`;
}

function exchangeDetails({ name, request, response }: Shown): string {
  const headers = (all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .map(([header, value]) => `${header}: ${value}`)
      .join('\n');
  const asked = `${request.method} ${request.url}\n${headers(request.headers)}${request.body ? `\n\n${request.body}` : ''}`;
  const came = `${response.status}\n${headers(response.headers)}\n\n${response.body}`;
  return `<details><summary>Request and answer: ${markup(name)}</summary><pre>${markup(asked)}</pre><pre>${markup(came)}</pre></details>`;
}

function accepted(report: Report, run: ReportRun): string {
  if (run.accepted.length === 0) return '';
  // What one entry of the reviewed file accepts has one rule, reason and date.
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

function faults({ faults: all }: Report): string {
  if (all.length === 0) return '';
  const items = all.map(
    ({ message, pointer, line }) =>
      `<li>${markup(message)} <code>${line === null ? '' : `line ${line} `}${markup(pointer)}</code></li>`,
  );
  return `<section><h2>${count(all.length, 'fault')} of the document itself</h2><ul>${items.join('')}</ul></section>`;
}
