/** Characters of a body that an error shows. */
const EXCERPT = 200;

/** The start of a body, on one line. */
export function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return 'the body is empty';
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
