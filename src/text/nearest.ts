/** The name that a mistyped one probably means; undefined if none is similar. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, distance: distance(text, name) }))
    .sort((a, b) => a.distance - b.distance);
  if (!best) return undefined;
  // In a short word, two different letters make another word. A single name that begins with the text is likely meant.
  const most = text.length < 5 ? 1 : Math.max(2, text.length / 3);
  const begun = text.length > 2 ? names.filter((name) => name.startsWith(text)) : [];
  if (begun.length === 1 && best.distance > 1) return begun[0];
  return best.distance <= most ? best.name : undefined;
}

/** Number of letters to change, add, remove, or exchange with the next one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchanged));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
