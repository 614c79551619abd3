import { count } from '../../../text/words.js';
import type { OperationCoverage, Part } from '../../model/result.js';
import type { State } from '../../model/verdict.js';
import type { Report, ReportRun } from '../data.js';
import { byReason } from '../grouping.js';
import { breakable, labelOf, markup, operationList, scrollBox } from './markup.js';

/** What a cell shows besides its colour, since not everyone sees colours. The most important state comes first. */
const SIGNS: Readonly<Record<State, string>> = {
  broken: '✗',
  accepted: '~',
  noted: '!',
  'not-covered': '?',
  kept: '✓',
  'not-applicable': '',
};
const STATES = Object.keys(SIGNS) as State[];
const LEAST = STATES.indexOf('not-applicable');

interface Subject {
  /** Null for the server as a whole. */
  id: string | null;
  label: string;
}

/** Operations × rules, with a row for each target. What is broken comes first in both directions. */
export function matrixSection({ runs, rules, operations }: Report): string {
  const verdicts = runs.flatMap((run) => run.verdicts);
  const heaviest = (subset: ReportRun['verdicts']) =>
    Math.min(LEAST, ...subset.map(({ state }) => STATES.indexOf(state)));
  const weigh = (rule: string) => heaviest(verdicts.filter((verdict) => verdict.rule === rule));
  const weighed = rules.map(({ id }) => ({ id, weight: weigh(id) })).sort((a, b) => a.weight - b.weight);
  const columns = weighed.filter(({ weight }) => weight < LEAST).map(({ id }) => id);
  const silent = weighed.filter(({ weight }) => weight === LEAST).map(({ id }) => id);
  const isBroken = ({ id }: Subject) =>
    verdicts.some(({ operation, state }) => operation === id && state === 'broken');
  const subjects: Subject[] = [
    { id: null, label: 'the server' },
    ...operations.map(({ id, method, path }) => ({ id, label: `${method} ${path}` })),
  ];
  const rows = subjects
    .sort((a, b) => Number(isBroken(b)) - Number(isBroken(a)))
    .flatMap((subject) => runs.map((run) => matrixRow(run, subject, columns, runs.length > 1)));
  const legend = STATES.map((state) => `<span>${SIGNS[state] || '▫'} ${words(state)}</span>`);
  const target = runs.length > 1 ? '<td></td>' : '';
  const heads = columns.map((id) => `<th scope="col">${link(id)}</th>`);
  const table = `<table class="matrix">
<thead><tr><td></td>${target}${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`;
  return `<section id="matrix"><h2>Operations and rules</h2>
<input data-filter="operation" hidden type="search" placeholder="Filter operations" aria-label="Filter operations">
<p class="hint soft" hidden>Scroll sideways for more of ${columns.length} rules →</p>
<p class="paper soft">On paper the table ends at the edge of the page: rules that are broken stand first.</p>
${scrollBox('Operations and rules', table)}
<p class="legend soft">${legend.join('')}</p>${silent.length > 0 ? silentRules(silent) : ''}</section>`;
}

function silentRules(ids: readonly string[]): string {
  return `<details class="soft"><summary>${ids.length} rules with nothing to look at</summary><p>${ids.map(link).join(', ')}</p></details>`;
}

function matrixRow(run: ReportRun, { id, label }: Subject, rules: readonly string[], named: boolean): string {
  const verdicts = new Map(run.verdicts.filter((one) => one.operation === id).map((one) => [one.rule, one]));
  if (![...verdicts.values()].some(({ state }) => state !== 'not-applicable')) return '';
  const cells = rules.map((rule) => {
    const verdict = verdicts.get(rule);
    if (!verdict) return '<td></td>';
    const { state, reason } = verdict;
    const title = markup(`${rule}: ${words(state)}${reason ? `, ${reason}` : ''}`);
    const inside = `class="is-${state}" title="${title}"`;
    const sign = SIGNS[state];
    return state === 'broken' || state === 'noted'
      ? `<td><a ${inside} href="#finding-${markup(`${run.target.name}-${rule}`)}">${sign}</a></td>`
      : `<td><span ${inside}>${sign}</span></td>`;
  });
  const target = named ? `<td class="target">${markup(run.target.name)}</td>` : '';
  return `<tr data-operation="${markup(label)}"><th scope="row">${breakable(label)}</th>${target}${cells.join('')}</tr>`;
}

function words(state: State): string {
  return state.replace('-', ' ');
}

function link(rule: string): string {
  return `<a href="#rule-${markup(rule)}">${markup(rule)}</a>`;
}

/** Which declared statuses, parameters and expansions occurred in the run, and what couldn't be covered. */
export function coverageSection(report: Report): string {
  return report.runs
    .map(({ target, coverage, verdicts }) => {
      const uncovered = verdicts.filter(({ state }) => state === 'not-covered');
      const table = `<table class="plain">
<thead><tr><th scope="col">operation</th><th scope="col">requests</th><th scope="col">statuses</th><th scope="col">parameters</th><th scope="col">expansions</th></tr></thead>
<tbody>${coverage.map((one) => coverageRow(report, one)).join('\n')}</tbody>
</table>`;
      return `<section id="coverage-${markup(target.name)}"><h2>Coverage of ${markup(target.title)}</h2>${notCovered(report, uncovered)}
${scrollBox(`Coverage of ${target.title}`, table)}</section>`;
    })
    .join('\n');
}

/** What couldn't be covered, by reason: one refusal by a server can block many checks. */
function notCovered(report: Report, verdicts: ReportRun['verdicts']): string {
  if (verdicts.length === 0) return '';
  const items = byReason(verdicts).map(({ reason, rules, operations }) => {
    const named = rules.map((rule) => `<a href="#rule-${markup(rule)}"><code>${markup(rule)}</code></a>`);
    return `<dt>${markup(reason)}</dt><dd>${named.join(', ')}${operationList(report, operations)}</dd>`;
  });
  return `<p>${count(verdicts.length, 'check')} not covered:</p><dl class="uncovered">${items.join('')}</dl>`;
}

function coverageRow(
  report: Report,
  { operation, requests, statuses, parameters, expansions }: OperationCoverage,
): string {
  const label = labelOf(report, operation);
  return `<tr data-operation="${markup(label)}"><th scope="row">${breakable(label)}</th><td data-label="requests">${requests}</td>${coverageCell('statuses', statuses)}${coverageCell('parameters', parameters)}${coverageCell('expansions', expansions)}</tr>`;
}

/** On a phone the table has no head, so each cell shows its own label. */
function coverageCell(label: string, { declared, met }: Part): string {
  const chips = declared.map(
    (name) => `<span class="chip${met.includes(name) ? ' met' : ''}">${markup(name)}</span>`,
  );
  return `<td data-label="${label}">${chips.length > 0 ? `<div>${chips.join('')}</div>` : ''}</td>`;
}
