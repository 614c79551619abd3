import type { OperationCoverage, Part } from '../../model/result.js';
import { count } from '../../text/words.js';
import type { Report, ReportRun } from '../data.js';
import { byReason } from '../reasons.js';
import { breakable, markup, scrollBox } from './markup.js';
import { labelOf, operationList } from './operations.js';

/** Which of the declared statuses, parameters and expansions the run has met, and what it could not cover. */
export function coverageSection(report: Report): string {
  return report.runs
    .map(({ target, coverage, verdicts }) => {
      const uncovered = verdicts.filter(({ state }) => state === 'not-covered');
      const table = `<table class="plain">
<thead><tr><th scope="col">operation</th><th scope="col">requests</th><th scope="col">statuses</th><th scope="col">parameters</th><th scope="col">expansions</th></tr></thead>
<tbody>${coverage.map((one) => row(report, one)).join('\n')}</tbody>
</table>`;
      return `<section id="coverage-${markup(target.name)}"><h2>Coverage of ${markup(target.title)}</h2>${notCovered(report, uncovered)}
${scrollBox(`Coverage of ${target.title}`, table)}</section>`;
    })
    .join('\n');
}

/** What could not be covered, by reason: a server that refuses one thing holds back many checks. */
function notCovered(report: Report, verdicts: ReportRun['verdicts']): string {
  if (verdicts.length === 0) return '';
  const items = byReason(verdicts).map(({ reason, rules, operations }) => {
    const named = rules.map((rule) => `<a href="#rule-${markup(rule)}"><code>${markup(rule)}</code></a>`);
    return `<dt>${markup(reason)}</dt><dd>${named.join(', ')}${operationList(report, operations)}</dd>`;
  });
  return `<p>${count(verdicts.length, 'check')} not covered:</p><dl class="uncovered">${items.join('')}</dl>`;
}

function row(
  report: Report,
  { operation, requests, statuses, parameters, expansions }: OperationCoverage,
): string {
  const label = labelOf(report, operation);
  return `<tr data-operation="${markup(label)}"><th scope="row">${breakable(label)}</th><td data-label="requests">${requests}</td>${cell('statuses', statuses)}${cell('parameters', parameters)}${cell('expansions', expansions)}</tr>`;
}

/** On a phone, where the table has no head, each cell shows its own label. */
function cell(label: string, { declared, met }: Part): string {
  const chips = declared.map(
    (name) => `<span class="chip${met.includes(name) ? ' met' : ''}">${markup(name)}</span>`,
  );
  return `<td data-label="${label}">${chips.length > 0 ? `<div>${chips.join('')}</div>` : ''}</td>`;
}
