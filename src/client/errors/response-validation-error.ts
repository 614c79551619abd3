import { EvEnergyError } from './base.js';

/** One place where an answer departs from the document. */
export interface ResponseViolation {
  /** JSON pointer into the body (RFC 6901); empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Most violations that a message lists: a page of items may have hundreds. */
const LISTED = 5;

/** The answer doesn't match the document (`validate: 'error'`). */
export class ResponseValidationError extends EvEnergyError {
  readonly operationId: string;
  readonly status: number;
  /** The first hundred violations. The message lists a few, and says how many there are in all. */
  readonly violations: readonly ResponseViolation[];

  static {
    ResponseValidationError.prototype.name = 'ResponseValidationError';
  }

  /** @param total number of violations, if there are more than given here */
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
