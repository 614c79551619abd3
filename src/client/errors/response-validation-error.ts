import { EvEnergyError } from './base.js';

/** One place where an answer departs from the document. */
export interface ResponseViolation {
  /** JSON pointer into the body (RFC 6901); empty for the whole of it. */
  readonly path: string;
  readonly message: string;
}

/** Violations that a message lists: a page of items may have hundreds. */
const LISTED = 5;

/** The answer isn't what the document describes (`validate: 'error'`). */
export class ResponseValidationError extends EvEnergyError {
  readonly operationId: string;
  readonly status: number;
  /** All of them; the message lists the first. */
  readonly violations: readonly ResponseViolation[];

  static {
    ResponseValidationError.prototype.name = 'ResponseValidationError';
  }

  constructor(operationId: string, status: number, violations: readonly ResponseViolation[]) {
    const listed = violations.slice(0, LISTED).map(({ path, message }) => `${path || '(body)'} ${message}`);
    if (violations.length > LISTED) listed.push(`and ${violations.length - LISTED} more`);
    super(`${operationId}: the ${status} answer departs from the document: ${listed.join('; ')}`);
    this.operationId = operationId;
    this.status = status;
    this.violations = violations;
  }
}
