/** A block of code in a Markdown text. */
export interface CodeBlock {
  /** The heading above it. */
  section: string;
  /** Language named after the fence. */
  language: string;
  code: string;
}

/** The fenced blocks of a Markdown text, in order. Words after the language are for the site. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const found: CodeBlock[] = [];
  let section = '';
  for (const [, heading, language, code] of markdown.matchAll(
    /^#+ (.+)$|^```(\w+)(?: [^\n]*)?\n([\s\S]*?)^```$/gm,
  )) {
    if (heading !== undefined) section = heading;
    else found.push({ section, language: language ?? '', code: code ?? '' });
  }
  return found;
}
