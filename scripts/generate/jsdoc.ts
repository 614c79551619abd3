const WIDTH = 110;

/** Renders paragraphs as a wrapped JSDoc block; a paragraph that starts with `@` keeps its lines together. */
export function jsdoc(paragraphs: readonly (string | undefined)[], indent = ''): string {
  const lines: string[] = [];
  let afterTag = false;
  for (const paragraph of paragraphs) {
    const text = paragraph?.trim();
    if (!text) continue;
    const tag = text.startsWith('@');
    // Tags follow each other directly, paragraphs are separated.
    if (lines.length > 0 && !(tag && afterTag)) lines.push('');
    lines.push(...blocks(text).flatMap((block) => wrap(block, WIDTH - indent.length - 3, tag ? '  ' : '')));
    afterTag = tag;
  }
  if (lines.length === 0) return '';
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && only.length < WIDTH - 8) return `${indent}/** ${only} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line ? ` ${line}` : ''}`).join('\n')}\n${indent} */\n`;
}

/** Text that is safe in a comment: it can't close it. */
function safe(text: string): string {
  return text.replaceAll('*/', '*\\/');
}

/** Paragraphs and list items of the document's Markdown, one per line. */
function blocks(text: string): string[] {
  const found: string[] = [];
  for (const paragraph of safe(text).split(/\n\s*\n/)) {
    if (found.length > 0) found.push('');
    for (const line of paragraph.split('\n')) {
      const previous = found.at(-1);
      if (previous && !/^\s*([-*]|\d+\.)\s/.test(line))
        found[found.length - 1] = `${previous} ${line.trim()}`;
      else found.push(line.trim());
    }
  }
  return found;
}

function wrap(text: string, width: number, hanging: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = hanging + word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines;
}
