import {
  documentOf,
  type OpenApiDocument,
  readDocumentText,
  readOperations,
  upgrade,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { schemasOf } from './schema-errors.js';

/**
 * Reads a document to check servers against.
 *
 * @throws DocumentError if it can't be read, isn't OpenAPI 3.x or has references that don't resolve.
 */
export async function loadContract(file: string): Promise<Contract> {
  const text = await readDocumentText(file);
  return contractOf(await documentOf(file, text), file, text);
}

/** Makes a contract from a document that has been read; OpenAPI 3.0 is converted to 3.1. */
export function contractOf(given: OpenApiDocument, name = 'the document', text = ''): Contract {
  const document = given.openapi.startsWith('3.0.') ? upgrade(structuredClone(given)) : given;
  return { document, operations: readOperations(document), name, text, ...schemasOf(document) };
}
