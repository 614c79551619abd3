import { DocumentError } from '../errors.js';
import { isObject, lookup } from '../json.js';
import type { JsonObject, OpenApiDocument } from '../types.js';

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
