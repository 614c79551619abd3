import { DocumentError } from '../errors.js';
import type { JsonObject, OpenApiDocument } from '../types.js';

/** Appends tokens to a JSON pointer, escaped as in RFC 6901, section 3. */
export function join(pointer: string, ...tokens: (string | number)[]): string {
  let path = pointer;
  for (const token of tokens) path += `/${typeof token === 'number' ? token : escaped(token)}`;
  return path;
}

/**
 * Fast for most tokens, which need no escaping: each field of each answer is one. A pointer is read as a part of a URL,
 * so that a path with `%C3%BC` in it would not be found again.
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

export interface Located<T> {
  value: T;
  /** Where the value is, after following all references. */
  pointer: string;
}

/**
 * Follows `$ref` to the value itself. Only references within the document are resolved.
 *
 * @throws DocumentError for an unresolvable, external or circular reference.
 */
export function resolve<T = JsonObject>(
  document: OpenApiDocument,
  value: unknown,
  pointer: string,
): Located<T> {
  const seen = new Set<string>();
  let located: Located<unknown> = { value, pointer };
  while (isObject(located.value) && typeof located.value.$ref === 'string') {
    const ref = located.value.$ref;
    if (/^#(?!\/)/.test(ref)) {
      throw new DocumentError(
        `$ref '${ref}' names an anchor, which isn't followed: write where it stands, as #/components/schemas/NAME`,
        located.pointer,
      );
    }
    if (!ref.startsWith('#/')) {
      throw new DocumentError(
        `$ref '${ref}' leaves the document. Bundle it into one file first: npx @redocly/cli bundle FILE -o bundled.yaml`,
        located.pointer,
      );
    }
    if (seen.has(ref)) throw new DocumentError(`$ref '${ref}' refers to itself`, located.pointer);
    seen.add(ref);
    const target = lookup(document, ref);
    if (target === undefined) throw new DocumentError(`$ref '${ref}' doesn't resolve`, located.pointer);
    located = { value: target, pointer: ref };
  }
  return located as Located<T>;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
