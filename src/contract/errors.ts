/** The check could not be run: a bad option, no credentials, a server that can't be reached. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** There is nothing to check here: the operation has no such parameter, the mock keeps no state. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** There would be something to check, but this run can't: a value isn't known, the budget is spent. */
export class NotCovered extends Error {
  override readonly name = 'NotCovered';
}
