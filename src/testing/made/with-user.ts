/** Adds the user's id to an address that depends on the user; anything else stays as it is. */
export function withUser(value: unknown, userId: string): unknown {
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const url = new URL(value);
  url.searchParams.set('user_id', userId);
  return url.href;
}
