/** Breaks text into lines of at most `width` columns; a word that is longer stands alone. */
export function wrap(text: string, width = 80, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, indent))
    .join('\n');
}

function wrapLine(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += line === indent ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
