import { describeSharedNames, readOperations } from '../../../src/document/index.js';
import { type Corrected, summariseCorrections } from '../correct/correct.js';
import { render } from '../diff/render/render.js';
import type { Report } from '../diff/render/report.js';
import type { Sentence } from '../keep/keep.js';
import { DETAILS } from '../places.js';

/** What a pull did, briefly and in full. */
export interface Summary {
  /** What was corrected, what changed for consumers, what to do next; fits on one screen. */
  report: string;
  /** The full report, as Markdown. */
  details: string;
}

/** Number of kinds of corrections to show on the screen, and the length of a line. */
const KINDS = 4;
const WIDTH = 110;

/** Summarises what a pull did. */
export function summarise(
  corrected: Corrected,
  sentences: readonly Sentence[],
  changes: Report,
  next: readonly string[],
): Summary {
  const names = describeSharedNames(readOperations(corrected.document));
  const { byRule, byOverlay, missed } = summariseCorrections(corrected);
  const published = sentences.map(({ pointer, text }) => `${oneLine(text)} (${pointer})`);
  const old = missed.length > 0 ? [`${missed.length} actions of the overlay match nothing any more`] : [];
  return {
    report: [
      section('Read', corrected.notes, corrected.notes.length),
      section('Corrected', [...byRule, ...byOverlay], KINDS, old),
      render(changes, 'text', { rest: DETAILS }),
      section('Names to choose', names, 3),
      section('To be put in our words', published, KINDS),
      section('Next', next, next.length),
    ]
      .filter(Boolean)
      .join('\n'),
    details: [
      '# What the pull did\n',
      list('Read', corrected.notes),
      list('Corrected by the overlay', byOverlay),
      list(
        'Corrected by rule',
        corrected.corrections.map(({ rule, detail, pointer }) => `${rule}: ${detail}, at \`${pointer}\``),
      ),
      list('Actions of the overlay that match nothing any more', missed),
      list('Names that operations would share', names),
      list('To be put in our words', published),
      `## Changed for consumers\n\n\`\`\`text\n${render(changes, 'text', { all: true })}\`\`\`\n`,
    ]
      .filter(Boolean)
      .join('\n'),
  };
}

/** A title, and the given number of lines below it; empty if there are none. */
function section(
  title: string,
  lines: readonly string[],
  shown: number,
  last: readonly string[] = [],
): string {
  if (lines.length + last.length === 0) return '';
  const listed = lines.slice(0, shown).map((line) => `  ${shorten(line)}\n`);
  const more = lines.length > shown ? `  … and ${lines.length - shown} more\n` : '';
  return `${title}:\n${listed.join('')}${more}${last.map((line) => `  ${line}\n`).join('')}`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function shorten(line: string): string {
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}
