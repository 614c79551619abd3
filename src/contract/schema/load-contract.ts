import { readFile } from 'node:fs/promises';
import { loadDocument, type OpenApiDocument, readOperations } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { schemasOf } from './schema-errors.js';

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
  return { document, operations: readOperations(document), name, text, ...schemasOf(document) };
}
