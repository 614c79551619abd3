import type { Parameter } from '../types.js';

/** What stands between the items of a list that a parameter sends as one text (OpenAPI 3.1, style values). */
export function separatorOf({ style }: Pick<Parameter, 'style'>): string {
  if (style === 'spaceDelimited') return ' ';
  return style === 'pipeDelimited' ? '|' : ',';
}
