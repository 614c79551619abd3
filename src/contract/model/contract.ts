import type { OpenApiDocument, Operation } from '../../document/index.js';

/** A document, read for checking: what an answer is held against. */
export interface Contract {
  document: OpenApiDocument;
  operations: readonly Operation[];
  /** File name, as given. */
  name: string;
  /** Text of the file, to find lines in. */
  text: string;
  /**
   * What is wrong with a value by the schema that a pointer names; empty when it conforms. A schema that can't be
   * compiled accepts any value: that is a fault of the document.
   *
   * @throws DocumentError when no schema stands there.
   */
  errors(pointer: string, value: unknown): SchemaError[];
  /** Whether the schema that a pointer names accepts a value. */
  accepts(pointer: string, value: unknown): boolean;
  /** `errors` of a value that is sent: a request needs no field that only answers have (`readOnly`). */
  errorsSent(pointer: string, value: unknown): SchemaError[];
  /** `accepts` of a value that is sent. */
  acceptsSent(pointer: string, value: unknown): boolean;
  /** Compiles the schemas that pointers name; gives all that can't be compiled, these and those met before. */
  brokenSchemas(pointers: Iterable<string>): readonly SchemaFault[];
}

/** One disagreement of a value with its schema. */
export interface SchemaError {
  /** JSON pointer into the value; empty for the value itself. */
  path: string;
  expected: string;
  found: string;
  /** The keyword in the document that says so. */
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
