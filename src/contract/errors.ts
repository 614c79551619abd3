/** The check couldn't be run: a bad option, missing credentials, a server that can't be reached. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** There is nothing to check: the operation has no such parameter, or the mock keeps no state. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** There would be something to check, but this run can't: a value is unknown, or no answer came. */
export class NotCovered extends Error {
  override readonly name: string = 'NotCovered';
}

/** A check crashed on an answer, which no check should. Only its own result is lost. */
export class Stumbled extends NotCovered {
  override readonly name = 'Stumbled';
}

/** The run can't be completed: the budget or the hour is used up, or the server or the token is gone. */
export class CutShort extends NotCovered {
  override readonly name = 'CutShort';
}
