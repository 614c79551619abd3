import { ConfigurationError } from '../errors/configuration-error.js';
import type { HeaderValues } from '../options.js';

/** Request headers as they are sent, names in lower case. */
export type HeaderFields = Readonly<Record<string, string>>;

/** What fetch takes as a header value; its own error would show the value, which may be a secret. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** From where on a name is none (RFC 9110, 5.6.2). What follows may be a value, and with it a secret. */
const NO_FIELD_NAME = /[^\w!#$%&'*+.^`|~-].*|^$/s;

/** Puts the values over the headers, names in lower case; `null` takes a header away. */
export function mergeHeaders(
  headers: Record<string, string>,
  values: HeaderValues | undefined,
): Record<string, string> {
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value === undefined) continue;
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = checkedValue(name, value);
  }
  return headers;
}

export function checkedValue(name: string, value: string): string {
  const safe = name.replace(NO_FIELD_NAME, '…');
  if (safe !== name || !FIELD_VALUE.test(value) || typeof value === 'object')
    throw new ConfigurationError(
      `${safe === name ? `${name}: the value` : `headers: the name '${safe}'`} is not what a header can hold: Latin-1 text without line breaks`,
    );
  return value;
}

/** The header values that a call adds name an authorization of its own. */
export function hasAuthorization(values: HeaderValues | undefined): boolean {
  return Object.entries(values ?? {}).some(
    ([name, value]) => value !== undefined && name.toLowerCase() === 'authorization',
  );
}
