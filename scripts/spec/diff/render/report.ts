import type { Bump } from '../bump.js';
import type { Change, Impact, Proof } from '../types.js';

export interface Report {
  base: string;
  revision: string;
  changes: readonly Change[];
  bump: Bump;
}

export const TITLES: readonly (readonly [Impact, string, string])[] = [
  ['breaking', 'Breaking', 'code that uses the client may fail to compile, or meet what it did not expect'],
  ['compatible', 'Compatible', 'code that uses the client goes on working'],
  ['editorial', 'Editorial', 'descriptions and examples'],
];

export function summarise(changes: readonly Change[]): Record<Impact, number> {
  const count = (impact: Impact) => changes.filter((change) => change.impact === impact).length;
  return { breaking: count('breaking'), compatible: count('compatible'), editorial: count('editorial') };
}

export function summaryLine(changes: readonly Change[]): string {
  const { breaking, compatible, editorial } = summarise(changes);
  return changes.length === 0
    ? 'No changes.'
    : `${breaking} breaking, ${compatible} compatible, ${editorial} editorial.`;
}

/** Changes of one rating, those that affect most methods first: a cause comes before details of a single method. */
export function causes(changes: readonly Change[], impact: Impact): Change[] {
  return changes
    .filter((change) => change.impact === impact)
    .sort((a, b) => Number(isListed(a)) - Number(isListed(b)) || b.methods.length - a.methods.length);
}

/** New methods and types are only listed by name. */
function isListed({ message }: Change): boolean {
  return /^New method |^Schema \S+ added$/.test(message);
}

/** The evidence for the rating, in one line. */
export function proofText(proof: Proof, length: number): string {
  switch (proof.by) {
    case 'witness': {
      const { message, part, value, refusal } = proof.witness;
      const shown = value === undefined ? '' : ` ${shorten(JSON.stringify(value), length)}`;
      return `${message}: ${part}${shown}: ${shorten(refusal, length)}`;
    }
    case 'rule':
      return `by rule: ${proof.rule}`;
    case 'tries':
      return `none of ${proof.tries} tried was refused${proof.untried === undefined ? '' : `; ${proof.untried}`}`;
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** The first few names, and the number of the others. */
export function some(names: readonly string[], shown: number): string {
  const more = names.length > shown ? `, and ${names.length - shown} more` : '';
  return `${names.slice(0, shown).join(', ')}${more}`;
}
