import { cut } from './redactor.js';

/** What RFC 6749, 5.2 keeps out of an endpoint's `error` and `error_description`. */
const FORBIDDEN = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/g;

/** Most characters of an endpoint's own text that an error shows. */
const SHOWN = 500;

/**
 * An endpoint's own text, in the characters that it may have.
 *
 * @param hide takes out secrets. It is called twice: a secret with a forbidden character inside is recognised only once
 * that is gone, an escaped one only before.
 */
export function oauthText(text: string, hide: (text: string) => string): string {
  return hide(hide(cut(text, SHOWN)).replace(FORBIDDEN, ''));
}
