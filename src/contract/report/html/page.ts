import { createHash } from 'node:crypto';
import { count } from '../../../text/words.js';
import type { Report } from '../data.js';
import { answersOf, causesAndAnswers, causesOf } from '../grouping.js';
import { findingsSections } from './findings.js';
import { breakable, markup, scrollBox } from './markup.js';
import { script } from './script.js';
import { style } from './style.js';
import { coverageSection, matrixSection } from './tables.js';

/** A self-contained page: matrix, violations with their exchanges, coverage, rules. */
export function htmlReport(report: Report): string {
  const { document, conforms, runs } = report;
  const title = `Contract: ${document.title ? `${document.title} ${document.version}` : document.file}`;
  // Only this exact script and style may run, whatever a server's answer contains.
  const policy = `default-src 'none'; img-src data:; style-src '${hash(style)}'; script-src '${hash(script)}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>${markup(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${markup(title)}</h1>
<p class="made soft">${made(report)}</p>
<p class="outcome ${conforms ? 'kept' : 'broken'}">${outcome(report)}</p>
${runs.length > 0 ? `${targets(report)}\n${navigation(report)}` : ''}
</header>
<main>
${runs.length > 0 ? sections(report) : ''}
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** When the report was made, of which servers, and what it is compared with. */
function made({ date, runs, since, document }: Report): string {
  const minute = (time: string) =>
    `<time datetime="${markup(time)}">${markup(time.slice(0, 16).replace('T', ' '))} UTC</time>`;
  const servers = runs.map(({ target }) =>
    target.baseUrl === target.title || target.name === 'recorded'
      ? breakable(target.title)
      : `${markup(target.title)} at ${breakable(target.baseUrl)}`,
  );
  const earlier = since
    ? `New since ${breakable(since.file)}${since.date === null ? '' : `, ${minute(since.date)}`}`
    : '';
  const parts = [minute(date), ...servers, `Document: ${breakable(document.file)}`, earlier];
  return parts.filter((part) => part !== '').join(' · ');
}

function outcome({ conforms, error, runs }: Report): string {
  if (error !== undefined) return `Could not run: ${markup(error)}`;
  if (conforms) return 'Conforms';
  if (runs.some(({ violations }) => violations.length > 0)) return 'Violations found';
  return runs.some(({ incomplete }) => incomplete) ? 'Incomplete' : 'Not everything is covered';
}

function sections(report: Report): string {
  return [findingsSections, matrixSection, coverageSection, rulesSection]
    .map((section) => section(report))
    .join('\n');
}

function navigation({ runs }: Report): string {
  const names = [
    ...runs
      .filter(({ violations }) => violations.length > 0)
      .map(({ target }) => [`violations-${target.name}`, `Violations of ${target.title}`]),
    ['matrix', 'Operations and rules'],
    ...runs.map(({ target }) => [`coverage-${target.name}`, `Coverage of ${target.title}`]),
    ['rules', 'Rules'],
  ];
  const links = names.map(([id = '', name = '']) => `<a href="#${markup(id)}">${markup(name)}</a>`);
  return `<nav aria-label="Sections">${links.join('\n')}</nav>`;
}

const COUNTED = ['causes', 'answers', 'notes', 'not covered', 'requests', 'seconds'];

function targets({ runs }: Report): string {
  const rows = runs.map((run) => {
    const { target, conforms, violations, notes, verdicts, requests, seconds, incomplete } = run;
    const uncovered = verdicts.filter(({ state }) => state === 'not-covered').length;
    const numbers = [
      causesOf(violations).length,
      answersOf(violations),
      causesOf(notes).length,
      uncovered,
      requests,
      seconds.toFixed(1),
    ];
    const cells = numbers
      .map((number, index) => `<td data-label="${COUNTED[index]}">${number}</td>`)
      .join('');
    const found =
      violations.length > 0 ? causesAndAnswers(violations) : `${count(uncovered, 'check')} not covered`;
    const cut = incomplete
      ? `incomplete: ${incomplete.sent} of ${incomplete.planned} checks' requests: ${markup(incomplete.reason)}`
      : undefined;
    const outcome = conforms ? 'conforms' : (cut ?? found);
    return `<tr><th scope="row">${markup(target.title)}</th><td data-label="outcome" class="${conforms ? 'kept' : 'broken'}">${outcome}</td>${cells}</tr>`;
  });
  const head = ['target', 'outcome', ...COUNTED];
  const table = `<table class="plain">
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`;
  return scrollBox('Outcome by target', table);
}

function rulesSection({ rules }: Report): string {
  const items = rules.map(
    ({ id, title, explain, source }) =>
      `<dt id="rule-${markup(id)}"><code>${markup(id)}</code> ${markup(title)}</dt><dd>${markup(explain)} <em>${markup(source)}</em></dd>`,
  );
  return `<section id="rules"><details><summary><h2>${count(rules.length, 'rule')}</h2></summary><dl>${items.join('\n')}</dl></details></section>`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
