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
  /** The first hundred of them; the message lists a few, and says how many there are. */
  readonly violations: readonly ResponseViolation[];

  static {
    ResponseValidationError.prototype.name = 'ResponseValidationError';
  }

  /** @param total where there are more than are given */
  constructor(
    operationId: string,
    status: number,
    violations: readonly ResponseViolation[],
    total = violations.length,
  ) {
    const listed = violations.slice(0, LISTED).map(({ path, message }) => `${path || '(body)'} ${message}`);
    if (total > LISTED) listed.push(`and ${total - LISTED} more`);
    super(`${operationId}: the ${status} answer departs from the document: ${listed.join('; ')}`);
    this.operationId = operationId;
    this.status = status;
    this.violations = violations;
  }
}
