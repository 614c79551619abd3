import type { OperationCoverage, Part } from '../../coverage.js';
import type { Report } from '../data.js';
import { markup } from './markup.js';

/** Which of the declared statuses, parameters and expansions the run has met, and what it could not cover. */
export function coverageSection(report: Report): string {
  return report.runs
    .map(({ target, coverage, verdicts }) => {
      const uncovered = verdicts.filter(({ state }) => state === 'not-covered');
      const items = uncovered.map(
        ({ rule, operation, reason }) =>
          `<li><code>${markup(rule)}</code> ${markup(labelOf(report, operation))}: ${markup(reason ?? '')}</li>`,
      );
      const missing = items.length > 0 ? `<p>Not covered:</p><ul>${items.join('')}</ul>` : '';
      return `<section><h2>Coverage of ${markup(target.title)}</h2>${missing}
<div class="scroll"><table class="plain">
<thead><tr><th scope="col">operation</th><th scope="col">requests</th><th scope="col">statuses</th><th scope="col">parameters</th><th scope="col">expansions</th></tr></thead>
<tbody>${coverage.map((one) => row(report, one)).join('\n')}</tbody>
</table></div></section>`;
    })
    .join('\n');
}

function row(
  report: Report,
  { operation, requests, statuses, parameters, expansions }: OperationCoverage,
): string {
  const label = markup(labelOf(report, operation));
  return `<tr data-operation="${label}"><th scope="row">${label}</th><td data-label="requests">${requests}</td>${cell('statuses', statuses)}${cell('parameters', parameters)}${cell('expansions', expansions)}</tr>`;
}

/** On a phone, where the table has no head, each cell shows its own label. */
function cell(label: string, { declared, met }: Part): string {
  const chips = declared.map(
    (name) => `<span class="chip${met.includes(name) ? ' met' : ''}">${markup(name)}</span>`,
  );
  return `<td data-label="${label}">${chips.length > 0 ? `<div>${chips.join('')}</div>` : ''}</td>`;
}

export function labelOf({ operations }: Report, operation: string | null): string {
  const found = operations.find(({ id }) => id === operation);
  return found ? `${found.method} ${found.path}` : 'the server';
}
