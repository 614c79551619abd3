import { readFile } from 'node:fs/promises';
import { loadDocument, type OpenApiDocument, readOperations } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { Places } from './places.js';
import { schemaErrors } from './schema-errors.js';
import { Validation } from './validation.js';

/**
 * Reads a document for checking.
 *
 * @throws DocumentError when it can't be read, isn't OpenAPI 3.x or has references that don't resolve.
 */
export async function loadContract(file: string): Promise<Contract> {
  const document = await loadDocument(file);
  return contractOf(document, file, await readFile(file, 'utf8'));
}

/** A contract from a document that is already read. */
export function contractOf(document: OpenApiDocument, name = 'the document', text = ''): Contract {
  const places = new Places(document);
  const validation = new Validation(document, places);
  return {
    document,
    operations: readOperations(document),
    name,
    text,
    errors: (pointer, value) => schemaErrors(validation, places, pointer, value),
    accepts: (pointer, value) => validation.accepts(pointer, value),
    brokenSchemas(pointers) {
      for (const pointer of pointers) validation.prepare(pointer);
      return validation.faults;
    },
  };
}
