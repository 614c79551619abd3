/** Why something failed, whatever was thrown. */
export function reason(error: unknown): string {
  try {
    return textOf(error);
  } catch {
    return 'something that no text can be made of';
  }
}

/** fetch itself says little more than "fetch failed"; the rest is in the cause. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? `${error.message} (${cause.message})` : `${error.message}`;
}
