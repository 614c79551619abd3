import { ConfigurationError } from '../errors/configuration-error.js';

/**
 * Parses the URL that an option holds, and refuses it unless tokens may be sent there: https, or http on loopback (RFC
 * 8252, 8.3: `localhost`, 127.0.0.0/8, `[::1]`).
 */
export function safeUrl(option: string, value: string): URL {
  let url: URL;
  try {
    url = new URL(value);
    // `localhost:4010` is a URL too: its scheme is localhost.
    if (!url.host) throw url;
  } catch {
    throw new ConfigurationError(
      `${option}: '${String(value).replace(/.*@/s, '')}' is not an absolute URL, such as https://host/v2`,
    );
  }
  if (url.username || url.password)
    throw new ConfigurationError(`${option}: holds a user name or password; use clientId and clientSecret`);
  if (isConfidential(url)) return url;
  throw new ConfigurationError(
    `${option}: '${url.origin}' would send tokens in the clear; use https (http only on loopback)`,
  );
}

/** Like `safeUrl`, without query, fragment and final slash, so that paths can be appended. */
export function baseUrl(option: string, value: string): string {
  const url = safeUrl(option, value);
  if (url.search || url.hash) throw new ConfigurationError(`${option}: must have no query and no fragment`);
  return url.href.replace(/\/+$/, '');
}

/** Whether what is sent there can't be read on the way: https, or http on loopback. */
export function isConfidential(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
}
