import type { Change } from '../types.js';
import { causes, proofText, type Report, some, summaryLine, TITLES } from './report.js';

/** Most names to list; beyond that they are counted. */
const NAMES = 8;
const PROOF = 160;

/** Number of lines per rating that fit on a screen, without title and footer. */
const SCREEN = { breaking: 12, compatible: 8, editorial: 0 };

/** The report for a terminal: the causes that fit on a screen, or everything. */
export function renderText(
  report: Report,
  { all = false, rest = '--all' }: { all?: boolean; rest?: string } = {},
): string {
  const { base, revision, changes, bump } = report;
  const lines = [`${base} → ${revision}`, summaryLine(changes)];
  // A report that fits on a screen anyway is shown with all details.
  const isShort = changes.filter(({ impact }) => impact !== 'editorial').length <= 20;
  let left = 0;
  for (const [impact, title, meaning] of TITLES) {
    const listed = causes(changes, impact);
    if (listed.length === 0) continue;
    lines.push('', `${title} (${meaning})`);
    const few = isShort ? (impact === 'editorial' ? NAMES : listed.length) : SCREEN[impact];
    const shown = all ? listed : listed.slice(0, few);
    for (const change of shown) lines.push(...(all || isShort ? inFull(change) : [inShort(change)]));
    if (shown.length < listed.length) lines.push(`  … and ${listed.length - shown.length} more`);
    left += listed.length - shown.length;
  }
  if (left > 0 || (!isShort && !all)) lines.push('', `All of them, each with what shows it: ${rest}`);
  lines.push('', `Proposed version: ${bump.version} (${bump.kind}): ${bump.reason}.`);
  return `${lines.join('\n')}\n`;
}

function inShort({ message, methods }: Change): string {
  return `  - ${message}${methods.length > 1 ? ` (${methods.length} methods)` : ''}`;
}

function inFull({ message, methods, types, proof, impact }: Change): string[] {
  if (impact === 'editorial') return [`  - ${message}`];
  return [
    `  - ${message}`,
    ...(methods.length > 0 ? [`      methods: ${some(methods, NAMES)}`] : []),
    ...(types.length > 0 ? [`      types: ${some(types, NAMES)}`] : []),
    ...(proof ? [`      ${impact === 'breaking' ? 'shown' : 'checked'}: ${proofText(proof, PROOF)}`] : []),
  ];
}
