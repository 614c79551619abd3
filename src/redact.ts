/** The text without the secrets that are in it. */
export function redact(text: string, ...secrets: readonly (string | undefined)[]): string {
  let safe = text;
  for (const secret of secrets) if (secret) safe = safe.replaceAll(secret, '[redacted]');
  return safe;
}

/** A copy of request headers fit for logs. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const safe = { ...headers };
  for (const name of ['authorization', 'cookie', 'proxy-authorization'])
    if (safe[name]) safe[name] = '[redacted]';
  return safe;
}
