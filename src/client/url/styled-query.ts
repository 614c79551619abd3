import type { OperationRow } from '../resource/operation-row.js';
import { joined, repeated } from './query.js';

/** A query of which the document gives some parameters another style than repeating them for each value. */
export function styledQuery(
  query: Readonly<Record<string, unknown>>,
  styles: NonNullable<OperationRow['styles']>,
): string {
  const parts = Object.entries(query).map(([name, value]) => {
    const style = styles[name];
    return (!style || style === 'deepObject' ? repeated : joined(style))({ [name]: value });
  });
  return parts.filter(Boolean).join('&');
}
