import type { Bump } from './bump.js';
import type { Change, Impact } from './types.js';

export interface Report {
  base: string;
  revision: string;
  changes: readonly Change[];
  bump: Bump;
}

/** Names and editorial changes beyond these are counted, not listed. */
const SHOWN = 8;

export const FORMATS = ['text', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** The report in one of its formats, with a newline at the end. */
export function render(report: Report, format: Format): string {
  return RENDERERS[format](report);
}

const RENDERERS: Record<Format, (report: Report) => string> = {
  text: renderText,
  json: (report) =>
    `${JSON.stringify({ reportVersion: 1, summary: summarise(report), ...report }, null, 2)}\n`,
  markdown: renderMarkdown,
};

const TITLES: [Impact, string, string][] = [
  ['breaking', 'Breaking', 'code that uses the client may fail to compile, or meet what it did not expect'],
  ['compatible', 'Compatible', 'code that uses the client goes on working'],
  ['editorial', 'Editorial', 'descriptions and examples'],
];

function summarise({ changes }: Report): Record<Impact, number> {
  const count = (impact: Impact) => changes.filter((change) => change.impact === impact).length;
  return { breaking: count('breaking'), compatible: count('compatible'), editorial: count('editorial') };
}

function summaryLine(report: Report): string {
  const { breaking, compatible, editorial } = summarise(report);
  return report.changes.length === 0
    ? 'No changes.'
    : `${breaking} breaking, ${compatible} compatible, ${editorial} editorial.`;
}

function renderText(report: Report): string {
  const lines = [`${report.base} → ${report.revision}`, summaryLine(report)];
  for (const [impact, title, meaning] of TITLES) {
    const changes = report.changes.filter((change) => change.impact === impact);
    if (changes.length === 0) continue;
    lines.push('', `${title} (${meaning})`);
    const shown = impact === 'editorial' ? changes.slice(0, SHOWN) : changes;
    for (const change of shown) {
      lines.push(`  - ${change.message}`);
      if (impact === 'editorial') continue;
      if (change.methods.length > 0) lines.push(`      methods: ${some(change.methods)}`);
      if (change.types.length > 0) lines.push(`      types: ${some(change.types)}`);
    }
    if (shown.length < changes.length) lines.push(`  … and ${changes.length - shown.length} more`);
  }
  lines.push('', `Proposed version: ${report.bump.version} (${report.bump.kind}): ${report.bump.reason}.`);
  return `${lines.join('\n')}\n`;
}

function renderMarkdown(report: Report): string {
  const lines = [`**${summaryLine(report)}**`];
  if (report.changes.length > 0) {
    const { version, kind, reason } = report.bump;
    lines.push('', `Proposed version: \`${version}\` (${kind}): ${reason}.`);
  }
  for (const [impact, title, meaning] of TITLES) {
    const changes = report.changes.filter((change) => change.impact === impact);
    if (changes.length === 0) continue;
    lines.push('', `### ${title}`, '', `For consumers of the client: ${meaning}.`, '');
    lines.push('| Change | Methods | Types |', '| --- | --- | --- |');
    for (const { message, methods, types } of changes) {
      lines.push(`| ${cell(message)} | ${codes(methods)} | ${codes(types)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function some(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}

function codes(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  return `${names
    .slice(0, SHOWN)
    .map((name) => `\`${name}\``)
    .join(', ')}${more}`;
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');
}
