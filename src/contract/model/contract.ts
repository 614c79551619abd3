import type { OpenApiDocument, Operation } from '../../document/index.js';

/** A document to check answers against. */
export interface Contract {
  document: OpenApiDocument;
  operations: readonly Operation[];
  /** File name, as given. */
  name: string;
  /** Text of the file, to find lines in. */
  text: string;
  /**
   * What is wrong with a value according to the schema at a pointer; empty if it conforms. A schema that can't be
   * compiled accepts any value: that is a fault of the document.
   *
   * @throws DocumentError if there is no schema at the pointer.
   */
  errors(pointer: string, value: unknown): SchemaError[];
  /** Whether the schema at a pointer accepts a value. */
  accepts(pointer: string, value: unknown): boolean;
  /** Like `errors`, for a value in a request, which needs no `readOnly` fields. */
  errorsSent(pointer: string, value: unknown): SchemaError[];
  /** Like `accepts`, for a value in a request. */
  acceptsSent(pointer: string, value: unknown): boolean;
  /** Compiles the schemas at these pointers; returns all schemas known so far that can't be compiled. */
  brokenSchemas(pointers: Iterable<string>): readonly SchemaFault[];
}

/** One place where a value doesn't fit its schema. */
export interface SchemaError {
  /** JSON pointer into the value; empty for the value itself. */
  path: string;
  expected: string;
  found: string;
  /** Pointer to the violated keyword in the document. */
  pointer: string;
}

/** A schema that can't be compiled. */
export interface SchemaFault {
  pointer: string;
  message: string;
}

/** Something wrong with the document itself. */
export interface DocumentFault {
  /** Where it stands. */
  pointer: string;
  /** What is wrong there. */
  message: string;
}
