import { createQuerySerializer } from 'openapi-fetch';
import type { OperationRow } from './operation-row.js';

const repeated = createQuerySerializer();

/** A query of which the document gives some parameters another style than repeating them for each value. */
export function styledQuery(
  query: Readonly<Record<string, unknown>>,
  styles: NonNullable<OperationRow['styles']>,
): string {
  const parts = Object.entries(query).map(([name, value]) => {
    const style = styles[name];
    if (!style || style === 'deepObject') return repeated({ [name]: value });
    return createQuerySerializer({
      array: { style, explode: false },
      object: { style: 'form', explode: false },
    })({ [name]: value });
  });
  return parts.filter(Boolean).join('&');
}
