import { join, type OpenApiDocument, tokens } from '../../document/index.js';

/**
 * A document with another value at a pointer. Only the objects on the way there are copied; the rest is shared.
 *
 * @param onCopy called with each copy and its pointer.
 */
export function replaced(
  document: OpenApiDocument,
  pointer: string,
  value: unknown,
  onCopy: (copy: object, pointer: string) => void,
): OpenApiDocument {
  const copyOf = (current: unknown, [token, ...rest]: readonly string[], at: string): unknown => {
    if (token === undefined) return value;
    const copy: unknown[] | Record<string, unknown> = Array.isArray(current)
      ? [...current]
      : { ...(current as object) };
    const members = copy as Record<string, unknown>;
    members[token] = copyOf(members[token], rest, join(at, token));
    onCopy(copy, at);
    return copy;
  };
  return copyOf(document, tokens(pointer), '#') as OpenApiDocument;
}
