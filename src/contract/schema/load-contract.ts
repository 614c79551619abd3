import {
  documentOf,
  givenDocument,
  type OpenApiDocument,
  readDocumentText,
  readOperations,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { schemasOf } from './validation.js';

/** The contracts that were read last, by file. */
const recent = new Map<string, Contract>();

/** How many are kept: a contract with all its compiled schemas takes some ten megabytes. */
const KEPT = 2;

/**
 * Reads a document to check servers against. Read again, an unchanged file gives the same contract: test suites ask for
 * theirs in each file, and compiling the schemas of a large document takes seconds.
 *
 * @throws DocumentError if it can't be read, isn't OpenAPI 3.x or has references that don't resolve.
 */
export async function loadContract(file: string): Promise<Contract> {
  const text = await readDocumentText(file);
  const known = recent.get(file);
  recent.delete(file);
  const contract = known?.text === text ? known : contractOf(await documentOf(file, text), file, text);
  recent.set(file, contract);
  const [oldest = file] = recent.keys();
  if (recent.size > KEPT) recent.delete(oldest);
  return contract;
}

/** Makes a contract from a document, which is read as its file would be: OpenAPI 3.0 is converted to 3.1. */
export function contractOf(given: OpenApiDocument, name = 'the document', text = ''): Contract {
  const document = givenDocument(given, name);
  return { document, operations: readOperations(document), name, text, ...schemasOf(document) };
}
