import type { ResponseViolation } from './errors/response-validation-error.js';

/**
 * What to do with an answer that departs from the document, or a misspelt member of a body: nothing, log it, or throw.
 */
export type ValidateMode = 'off' | 'warn' | 'error';

/** An answer, as `ev-energy-client/validators` needs it. */
export interface AnswerToValidate {
  /** The document's id of the operation. */
  readonly operationId: string;
  /** HTTP status. */
  readonly status: number;
  /** The `Content-Type` header; null if there is none. */
  readonly contentType: string | null;
  /** The parsed body; undefined if it is empty or isn't JSON. */
  readonly data: unknown;
}

/** Returns each place where an answer departs from the document. `ev-energy-client/validators` exports one. */
export interface Validators {
  (answer: AnswerToValidate): readonly ResponseViolation[];
  /**
   * Says which member of a request's body is likely misspelt: a server passes over one that it doesn't know.
   * @param operationId the document's id of the operation
   */
  readonly misspelt?: (operationId: string, body: unknown) => string | undefined;
}
