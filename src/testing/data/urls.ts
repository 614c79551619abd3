/** An onboarding address with the id of the user who shall be onboarded. */
export function withUser(url: unknown, userId: string): unknown {
  if (typeof url !== 'string') return url;
  const personal = new URL(url);
  personal.searchParams.set('user_id', userId);
  return personal.href;
}
