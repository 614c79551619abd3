import { readFile } from 'node:fs/promises';
import {
  loadDocument,
  type OpenApiDocument,
  type Operation,
  type ResponseSpec,
  readOperations,
} from '../../document/index.js';
import { Places } from './places.js';
import { type SchemaError, schemaErrors } from './schema-errors.js';
import { Validation } from './validation.js';

/** A document, read for checking: what an answer is held against. */
export interface Contract {
  document: OpenApiDocument;
  operations: readonly Operation[];
  /** File name, as given. */
  name: string;
  /** Text of the file, to find lines in. */
  text: string;
  validation: Validation;
  /** What is wrong with a value by the schema that a pointer names; empty when it conforms. */
  errors(pointer: string, value: unknown): SchemaError[];
  /** Where an object of the document stands in it. */
  places: Places;
}

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
    validation,
    places,
    errors: (pointer, value) => schemaErrors(validation, places, pointer, value),
  };
}

/** The response that an operation declares for a status: the status itself, its range, or `default`. */
export function declaredResponse(operation: Operation, status: number): ResponseSpec | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const by = (wanted: string) => operation.responses.find((response) => response.status === wanted);
  return by(String(status)) ?? by(range) ?? by('default');
}
