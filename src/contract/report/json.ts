/** Levels of a report that are written member by member: the report, its runs, a run, its findings and exchanges. */
const LEVELS = 4;

/** Characters of a part. */
const PART = 1_000_000;

/** A report as JSON, in parts: that of hundreds of thousands of answers is longer than one text can be. */
export function* jsonReport(report: unknown): Generator<string> {
  let part = '';
  for (const piece of pieces(report)) {
    part += piece;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  yield `${part}\n`;
}

/** What `JSON.stringify` gives with an indent of two spaces. */
function* pieces(value: unknown, level = 0): Generator<string> {
  const isList = Array.isArray(value);
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const shown = members.filter(([, member]) => isList || member !== undefined);
  if (level >= LEVELS || shown.length === 0) {
    // JSON has line breaks between its parts alone.
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${'  '.repeat(level)}`);
    return;
  }
  let before = isList ? '[' : '{';
  for (const [name, member] of shown) {
    yield `${before}\n${'  '.repeat(level + 1)}${isList ? '' : `${JSON.stringify(name)}: `}`;
    yield* pieces(member, level + 1);
    before = ',';
  }
  yield `\n${'  '.repeat(level)}${isList ? ']' : '}'}`;
}
