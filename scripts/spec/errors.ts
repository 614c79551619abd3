/** A command failed; the message says why and what to do. Exit code 2. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
}
