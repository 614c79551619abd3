import { Composer, type CST, type Document, type LineCounter, Parser } from 'yaml';
import { DocumentError } from '../errors.js';
import { DEPTH, refuseDeepText, tooDeep } from './expansion.js';

/**
 * Parses YAML, or JSON, which is a subset of it. Syntax errors are in the result.
 *
 * @param name of the text in messages
 * @throws DocumentError if it is nested too deep, or holds several documents
 */
export function parseYaml(text: string, name: string, lines: LineCounter): Document.Parsed {
  refuseDeepText(text, name);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // The code that follows calls itself at each level. If the stack overflows inside a regular expression, the process
  // crashes.
  refuseDeepTokens(tokens, name);
  const composed = new Composer({ merge: true, prettyErrors: false }).compose(tokens, true, text.length);
  const [document, ...others] = [...composed] as Document.Parsed[];
  if (others.length > 0)
    throw new DocumentError(
      `${name} holds several YAML documents, parted by lines of three dashes: keep the one that is meant in a file of its own`,
      '#',
    );
  return document as Document.Parsed;
}

function refuseDeepTokens(tokens: readonly CST.Token[], name: string): void {
  const open: [token: CST.Token, depth: number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, depth] = next;
    if (depth > DEPTH) throw tooDeep(name);
    const inside = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
    if (token.type === 'document') inside.push(token.value);
    for (const part of inside) if (part) open.push([part, depth + 1]);
  }
}
