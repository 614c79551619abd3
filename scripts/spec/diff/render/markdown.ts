import type { Change, Impact } from '../types.js';
import { causes, proofText, type Report, summaryLine, TITLES } from './report.js';

/** GitHub's limit for the text of a pull request is 65,536 characters; this leaves room for the text around it. */
const MOST = 60_000;

/** Share of the text that each rating may use up to; what one leaves goes to the next. */
const SHARES: Record<Impact, number> = { breaking: 0.7, compatible: 0.85, editorial: 1 };

const PROOF = 200;

/** How many methods a change may name: as many as leave room for all changes of its rating. */
const NAMED = [Number.POSITIVE_INFINITY, 50, 20, 5];

/** The report as text of a pull request: causes first, with the affected methods folded. */
export function renderMarkdown({ changes, bump }: Report): string {
  const blocks = [`**${summaryLine(changes)}**\n`];
  if (changes.length > 0) {
    blocks.push(`\nProposed version: \`${bump.version}\` (${bump.kind}): ${bump.reason}.\n`);
  }
  let length = blocks.join('').length;
  for (const [impact, title, meaning] of TITLES) {
    const listed = causes(changes, impact);
    if (listed.length === 0) continue;
    const isFolded = impact !== 'breaking';
    const opening = `\n### ${title}\n\nFor consumers of the client: ${meaning}.\n\n${isFolded ? `<details><summary>${listed.length} of them</summary>\n\n` : ''}`;
    const closing = isFolded ? '\n</details>\n' : '';
    blocks.push(opening);
    length += opening.length + closing.length;
    const room = MOST * SHARES[impact] - 100;
    const items = itemsFor(listed, room - length);
    let shown = 0;
    for (const item of items) {
      if (length + item.length > room) break;
      blocks.push(item);
      length += item.length;
      shown += 1;
    }
    if (shown < listed.length) blocks.push(`- … and ${listed.length - shown} more\n`);
    blocks.push(closing);
  }
  return blocks.join('');
}

/** The changes as items of a list, with as many methods as let all of them fit, or with few. */
function itemsFor(changes: readonly Change[], room: number): string[] {
  const lists = NAMED.map((most) => changes.map((change) => itemOf(change, most)));
  const fitting = lists.find((items) => items.reduce((sum, { length }) => sum + length, 0) <= room);
  return fitting ?? lists.at(-1) ?? [];
}

function itemOf({ message, methods, types, proof, impact }: Change, most: number): string {
  if (impact === 'editorial') return `- ${escaped(message)}\n`;
  const [only] = methods;
  const told = methods.length === 1 && only !== undefined ? ` (\`${only}\`)` : '';
  const named = types.length > 0 ? ` · ${types.map((name) => `\`${name}\``).join(', ')}` : '';
  const isTelling = proof && (proof.by !== 'tries' || proof.untried !== undefined);
  const shown = isTelling ? `\n  ${escaped(proofText(proof, PROOF))}` : '';
  const folded =
    methods.length > 1
      ? `\n  <details><summary>${methods.length} methods</summary>${codes(methods, most)}</details>`
      : '';
  return `- **${escaped(message)}**${told}${named}${shown}${folded}\n`;
}

/** As HTML, since Markdown isn't interpreted inside it. */
function codes(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => {
    return `<code>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code>`;
  });
  return shown.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}

/** Text that means nothing in Markdown. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]|~#]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
