/** Says why something failed, whatever was thrown. */
export function reason(error: unknown): string {
  try {
    // OpenSSL puts the explanation between its own error codes and file names.
    return messageOf(error).replace(/\b\w{1,32}:error:(?:[^:]*:){3}([^:]*):[^)]*/, '$1');
  } catch {
    return "something that can't be converted to text";
  }
}

/** fetch itself says little more than "fetch failed"; the innermost cause says why. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = innermost(error);
  if (!error.message) return message;
  const own = String(error.message);
  // The message of our own errors already includes it.
  return own.includes(message) ? own : `${own} (${message})`;
}

/** Most nested causes to follow: they may form a circle. */
const DEPTH = 5;

/** If several connection attempts failed (say IPv6 and IPv4), it takes the first. */
function innermost(error: Error, depth = DEPTH): Error {
  const { cause, errors } = error as Partial<AggregateError>;
  const inner: unknown = cause ?? errors?.[0];
  if (depth === 0 || !(inner instanceof Error)) return error;
  const found = innermost(inner, depth - 1);
  return found.message ? found : error;
}
