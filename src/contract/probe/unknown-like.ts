/**
 * Ids of the same form as a known one that most likely name nothing: other letters and digits at the end, another year.
 */
export function unknownLike(known: string): string[] {
  return [
    known.replace(/[A-Z0-9]{8}$/, '0Q0Q0Q0Q'),
    known.replace(/[a-z0-9]{8}$/, '0a0a0a0a'),
    known.replace(/^\d{4}-/, '1999-'),
    known.replace(/\d+$/, (digits) => '9'.repeat(Math.min(9, digits.length + 2))),
    `${known}0`,
  ].filter((text) => text !== known);
}
