import type { Report, ReportRun } from '../data.js';
import { markup } from './markup.js';

/** What a cell shows beside its colour: colours alone don't reach everybody. */
const SIGNS: Readonly<Record<string, string>> = {
  kept: '✓',
  broken: '✗',
  noted: '!',
  accepted: '~',
  'not-covered': '?',
  'not-applicable': '',
};

/** Operations × rules, a row for each target. */
export function matrixSection({ runs, rules, operations }: Report): string {
  const looked = rules.filter(({ id }) => runs.some((run) => run.verdicts.some(({ rule }) => rule === id)));
  const heads = looked.map(
    ({ id }) => `<th scope="col"><a href="#rule-${markup(id)}">${markup(id)}</a></th>`,
  );
  const subjects = [
    { id: null, label: 'the server' },
    ...operations.map(({ id, method, path }) => ({ id, label: `${method} ${path}` })),
  ];
  const rows = subjects.flatMap(({ id, label }) =>
    runs.map((run) =>
      row(
        run,
        id,
        label,
        looked.map((rule) => rule.id),
      ),
    ),
  );
  const legend = Object.entries(SIGNS).map(
    ([state, sign]) => `<span>${sign || '▫'} ${state.replace('-', ' ')}</span>`,
  );
  return `<section id="matrix"><h2>Operations and rules</h2>
<input data-filter hidden type="search" placeholder="Filter operations" aria-label="Filter operations">
<div class="scroll"><table class="matrix">
<thead><tr><th scope="col"></th><th></th>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
<p class="legend soft">${legend.join('')}</p></section>`;
}

function row(run: ReportRun, operation: string | null, label: string, rules: readonly string[]): string {
  const verdicts = new Map(
    run.verdicts.filter((one) => one.operation === operation).map((one) => [one.rule, one]),
  );
  if (![...verdicts.values()].some(({ state }) => state !== 'not-applicable')) return '';
  const cells = rules.map((rule) => {
    const verdict = verdicts.get(rule);
    if (!verdict) return '<td></td>';
    const { state, reason } = verdict;
    const title = markup(`${rule}: ${state.replace('-', ' ')}${reason ? `, ${reason}` : ''}`);
    const inside = `class="is-${state}" title="${title}"`;
    const sign = SIGNS[state] ?? '';
    return state === 'broken' || state === 'noted'
      ? `<td><a ${inside} href="#finding-${markup(`${run.target.name}-${rule}`)}">${sign}</a></td>`
      : `<td><span ${inside}>${sign}</span></td>`;
  });
  return `<tr data-operation="${markup(label)}"><th scope="row" title="${markup(label)}">${markup(label)}</th><td class="target">${markup(run.target.name)}</td>${cells.join('')}</tr>`;
}
