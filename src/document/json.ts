import type { JsonObject, OpenApiDocument } from './types.js';

/** Most levels of nested objects and lists: functions that look at values call themselves for each level. */
export const DEEPEST_JSON = 200;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses text as JSON; undefined if it isn't, or is nested too deep. */
export function parseJson(text: string): { value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Whether JSON is nested deeper than `DEEPEST_JSON`. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') {
      depth++;
      if (depth > DEEPEST_JSON) return true;
    } else if (character === ']' || character === '}') depth--;
  }
  return false;
}

/** Appends tokens to a JSON pointer, escaped as in RFC 6901, section 3. */
export function join(pointer: string, ...tokens: (string | number)[]): string {
  let path = pointer;
  for (const token of tokens) path += `/${typeof token === 'number' ? token : escaped(token)}`;
  return path;
}

/**
 * Fast for most tokens, which need no escaping: every field of every answer is a token. A pointer is read as a part of
 * a URL, so that a path with `%C3%BC` in it would not be found again.
 */
function escaped(token: string): string {
  return /[~/%]/.test(token)
    ? token.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25')
    : token;
}

/** The unescaped tokens of a URI-fragment pointer. */
export function tokens(pointer: string): string[] {
  return pointer.split('/').slice(1).map(unescaped);
}

/** Fast for most tokens, as `escaped` is. */
function unescaped(token: string): string {
  return /[~%]/.test(token) ? decode(token).replaceAll('~1', '/').replaceAll('~0', '~') : token;
}

/** The pointer as a fragment of a URI, in which a path of the document may have characters that have to be encoded. */
export function fragmentOf(pointer: string): string {
  if (/^#[!$&-~]*$/.test(pointer)) return pointer;
  const encoded = tokens(pointer).map((token) => {
    return encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'));
  });
  return ['#', ...encoded].join('/');
}

/** The value that a pointer leads to, or undefined. */
export function lookup(document: OpenApiDocument, pointer: string): unknown {
  let value: unknown = document;
  for (const token of tokens(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as JsonObject)[token];
  }
  return value;
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
