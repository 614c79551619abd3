/** The check could not be run: a bad option, no credentials, a server that can't be reached. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** There is nothing to check here: the operation has no such parameter, the mock keeps no state. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** There would be something to check, but this run can't: a value isn't known, no answer came. */
export class NotCovered extends Error {
  override readonly name: string = 'NotCovered';
}

/** The run can't be played to its end: the budget or the hour is spent, the server or the token is gone. */
export class CutShort extends NotCovered {
  override readonly name = 'CutShort';
}
