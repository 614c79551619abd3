import type { ResponseViolation } from './errors/response-validation-error.js';

/** What becomes of an answer that departs from the document: nothing, a message in the log, or an error. */
export type ValidateMode = 'off' | 'warn' | 'error';

/** An answer as `ev-energy-client/validators` checks it. */
export interface AnswerToValidate {
  /** The document's id of the operation. */
  readonly operationId: string;
  /** HTTP status. */
  readonly status: number;
  /** The `Content-Type` header; null where there is none. */
  readonly contentType: string | null;
  /** The parsed body; undefined where it is empty, or no JSON. */
  readonly data: unknown;
}

/** What `ev-energy-client/validators` exports: gives each place where an answer departs from the document. */
export type Validators = (answer: AnswerToValidate) => readonly ResponseViolation[];
