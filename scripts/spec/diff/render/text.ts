import type { Change } from '../types.js';
import { causes, proofText, type Report, some, summaryLine, TITLES } from './report.js';

/** Most names to list; beyond that they are counted. */
const NAMES = 8;
const PROOF = 160;

/** Number of lines per rating that fit on a screen, without title and footer. */
const SCREEN = { breaking: 8, compatible: 5, editorial: 0 };

/** Characters of a line that tells several changes of one thing. */
const WIDTH = 100;

/** The report for a terminal: the causes that fit on a screen, or everything. */
export function renderText(
  report: Report,
  { all = false, rest = '--all' }: { all?: boolean; rest?: string } = {},
): string {
  const { base, revision, changes, bump } = report;
  const lines = [`${base} → ${revision}`, summaryLine(changes)];
  // A report that fits on a screen anyway is shown with all details.
  const isShort = changes.filter(({ impact }) => impact !== 'editorial').length <= 20;
  const isFull = all || isShort;
  let left = 0;
  for (const [impact, title, meaning] of TITLES) {
    const listed = causes(changes, impact);
    if (listed.length === 0) continue;
    lines.push('', `${title} (${meaning})`);
    const few = isShort ? (impact === 'editorial' ? NAMES : listed.length) : SCREEN[impact];
    const groups = isFull ? listed.map((change): Group => [change]) : ofOneThing(listed);
    const shown = all ? groups : groups.slice(0, few);
    lines.push(...shown.flatMap((group) => (isFull ? inFull(group[0]) : inShort(group))));
    const more = listed.length - shown.flat().length;
    if (more > 0) lines.push(`  … and ${more} more`);
    left += more;
  }
  if (left > 0 || (!isShort && !all)) lines.push('', `All of them, each with what shows it: ${rest}`);
  lines.push('', `Proposed version: ${bump.version} (${bump.kind}): ${bump.reason}.`);
  return `${lines.join('\n')}\n`;
}

type Group = readonly [Change, ...Change[]];

/** The changes of one thing in the same methods belong in one line: the type of a header, and its bounds. */
function ofOneThing(changes: readonly Change[]): Group[] {
  const groups: [Change, ...Change[]][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const isSame =
      group && thing(group[0]) === thing(change) && `${group[0].methods}` === `${change.methods}`;
    if (isSame && inShort([...group, change]).length <= WIDTH) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

/** What a message is about: `Header RateLimitLimit` of `Header RateLimitLimit: minimum 0 removed`. */
function thing({ message }: Change): string {
  return message.split(': ', 1).join();
}

function inShort([first, ...others]: Group): string {
  const rest = others.map(({ message }) => `, ${message.slice(thing(first).length + 2)}`).join('');
  const { message, methods } = first;
  return `  - ${message}${rest}${methods.length > 1 ? ` (${methods.length} methods)` : ''}`;
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
