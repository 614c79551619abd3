import { stringify } from 'yaml';
import type { OpenApiDocument } from '../../../src/document/index.js';

/** The document as YAML; the same document always gives the same bytes. */
export function serialise(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
