import type { Sent } from '../../model/exchange.js';
import { isSecret, isSecretParameter } from '../names.js';
import { jsonIn } from './cut-json.js';
import { credentialsOf, secretsInText } from './in-text.js';
import { READ, secretsInValue } from './in-value.js';
import { cookiesOf, LONG, looksRandom, randomIn, withParts } from './parts.js';

/** The name of a field of a form in several parts (RFC 7578), in the lines above it. */
const FIELD = /(?<!file)name\*?=(?:utf-8''|")?([^"\r\n;]{1,64})/i;

/** The empty line between those and the field. */
const EMPTY_LINE = /\r?\n\r?\n/g;

/** Characters of the lines above a field. */
const HEAD = 2_000;

/** What is secret of an exchange: headers, URLs wherever they stand, members, forms. */
export function secretsOf({ request, response, json }: Sent, shown: (name: string) => boolean): string[] {
  return [
    ...secretsInText(request.url),
    ...secretsInHeaders(Object.entries(request.headers), shown),
    ...(request.body === undefined ? [] : secretsInBody(request.body, undefined)),
    ...secretsInHeaders([...response.headers], shown),
    ...secretsInBody(response.body, json),
  ];
}

/** What is secret of all that somebody has written down in members, such as a recorder beside what was sent. */
export function secretsInMembers(value: unknown): string[] {
  return secretsInValue(value, secretsInText);
}

function secretsInHeaders(
  headers: readonly (readonly [string, string])[],
  shown: (name: string) => boolean,
): string[] {
  return headers.flatMap(([name, value]) => {
    if (shown(name)) return secretsInText(value);
    if (/cookie/i.test(name)) return cookiesOf(name, value);
    if (/authorization$/i.test(name)) return credentialsOf(value);
    return isSecret(name) || looksRandom(value)
      ? withParts(value)
      : [...randomIn(value), ...secretsInText(value)];
  });
}

function secretsInBody(body: string, parsed: Sent['json']): string[] {
  const text = body.slice(0, READ);
  const values = parsed ? [parsed.value] : jsonIn(text);
  // Without a backslash all texts of a JSON body stand in it as they are, and have been read with it.
  const whole = text.length === body.length && !text.includes('\\');
  return [
    ...secretsInText(text),
    ...secretFields(text).flatMap(withParts),
    ...values.flatMap((value) => secretsInValue(value, whole ? () => [] : secretsInText)),
  ];
}

/**
 * The fields of a form in several parts that have the names of secrets. The empty lines are searched, and the names in
 * what stands before them: each part of a text is read once, whatever it repeats.
 */
function secretFields(text: string): string[] {
  const found: string[] = [];
  const lines = new RegExp(EMPTY_LINE);
  let before = 0;
  let end = -1;
  for (let line = lines.exec(text); line; line = lines.exec(text)) {
    const above = text.slice(Math.max(before, line.index - HEAD), line.index);
    const name = FIELD.exec(above.slice(above.lastIndexOf('\n--') + 1))?.[1];
    before = lines.lastIndex;
    if (name === undefined || !isSecretParameter(name)) continue;
    if (end < before) end = endOfField(text, before);
    if (end - before <= LONG) found.push(text.slice(before, end).replace(/\r$/, ''));
  }
  return found;
}

/** Where the line begins that ends a field, or the text. */
function endOfField(text: string, from: number): number {
  const end = text.indexOf('\n--', from);
  return end < 0 ? text.length : end;
}
