import { formatInstant, parseInstant } from '../../document/values/instant.js';

/**
 * Ids of the same form as a known one that most likely name nothing: other letters and digits at the end, a moment
 * shortly before, another year.
 */
export function unknownLike(known: string): string[] {
  return [
    known.replace(/[A-Z0-9]{8}$/, '0Q0Q0Q0Q'),
    known.replace(/[a-z0-9]{8}$/, '0a0a0a0a'),
    shortlyBefore(known),
    known.replace(/^\d{4}-/, '1999-'),
    known.replace(/\d+$/, (digits) => '9'.repeat(Math.min(9, digits.length + 2))),
    `${known}0`,
  ].filter((text) => text !== known);
}

/** About half a second in microseconds. */
const HALF_A_SECOND = 499_979;

/**
 * A moment shortly before a known one, in which a server that takes the nearest one finds it, or the one before. Only
 * where moments are told so finely that hardly two are the same.
 */
function shortlyBefore(known: string): string {
  const digits = /^\d{4}-.*:\d\d\.(\d{3,6})Z$/.exec(known)?.[1]?.length;
  const moment = parseInstant(known);
  if (digits === undefined || moment === undefined) return known;
  return `${formatInstant(moment - HALF_A_SECOND).slice(0, '2026-06-30T14:37:10.'.length + digits)}Z`;
}
