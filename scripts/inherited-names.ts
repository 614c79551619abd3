/** Names of members that each object has: `hasOwnProperty`, `valueOf`, `constructor`, … */
const INHERITED = new RegExp(`\\b(?:${Object.getOwnPropertyNames(Object.prototype).join('|')})\\b`, 'g');

/** Behind such a name, another: no document has it. */
const MARK = '_of_no_object';

/**
 * Redocly, and with it openapi-typescript, asks objects of a document for what each object has, and takes a field of
 * that name for it. It gets the document's text with other names; `withInherited` puts the
 * true names back into what is made of that.
 */
export function withoutInherited(text: string): string {
  return text.replace(INHERITED, `$&${MARK}`);
}

export function withInherited(text: string): string {
  return text.replaceAll(MARK, '');
}
