/** The check could not be run: a bad option, no credentials, a server that can't be reached. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
