import { EvEnergyError } from './base.js';

/** One place where an answer departs from the document. */
export interface ResponseViolation {
  /** JSON pointer into the body (RFC 6901); empty for the whole of it. */
  readonly path: string;
  readonly message: string;
}

/** The answer isn't what the document describes (`validate: 'error'`). */
export class ResponseValidationError extends EvEnergyError {
  readonly operationId: string;
  readonly status: number;
  readonly violations: readonly ResponseViolation[];

  static {
    ResponseValidationError.prototype.name = 'ResponseValidationError';
  }

  constructor(operationId: string, status: number, violations: readonly ResponseViolation[]) {
    const list = violations.map(({ path, message }) => `${path || '(body)'} ${message}`).join('; ');
    super(`${operationId}: the ${status} answer departs from the document: ${list}`);
    this.operationId = operationId;
    this.status = status;
    this.violations = violations;
  }
}
