/** Breaks text into lines of at most `width` columns; a longer word gets its own line. */
export function wrap(text: string, width = 80, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, indent))
    .join('\n');
}

/** Like `wrap`, but breaks words that are longer than a line. */
export function fold(text: string, width = 80, indent = ''): string {
  return wrap(breakWords(text, width - indent.length), width, indent);
}

/** Breaks words longer than `width`, but never a surrogate pair. */
export function breakWords(text: string, width: number): string {
  return text.replace(new RegExp(`\\S{${width - 1},${width}}(?=[^\\s\udc00-\udfff])`, 'g'), '$& ');
}

/** Continuation lines keep the indentation of the first. */
function wrapLine(line: string, width: number, outer: string): string {
  const text = line.trimStart();
  return wrapWords(text, width, outer + line.slice(0, line.length - text.length));
}

function wrapWords(text: string, width: number, indent: string): string {
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
