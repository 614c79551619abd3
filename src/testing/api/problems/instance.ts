import { type OpenApiDocument, type Operation, properties } from '../../../document/index.js';
import type { Schemas } from '../../world.js';

/**
 * Names the occurrence of a problem (RFC 9457, section 3.1.5) in a form that the document allows: by the request's
 * path, else by its whole URL; not at all if neither fits, as for a path that isn't well encoded.
 *
 * @param origin of the fake.
 */
export function problemInstances(
  document: OpenApiDocument,
  operations: readonly Operation[],
  schemas: Pick<Schemas, 'check'>,
  origin: string,
): (pathname: string) => string | undefined {
  let pointers: string[] | undefined;
  return (pathname) => {
    pointers ??= instancePointers(document, operations);
    return [pathname, `${origin}${pathname}`].find((form) =>
      pointers?.every((at) => !schemas.check(at, form)),
    );
  };
}

/** Pointers to the schemas of the `instance` field. */
function instancePointers(document: OpenApiDocument, operations: readonly Operation[]): string[] {
  const content = operations.flatMap(({ responses }) => responses.flatMap(({ content }) => content));
  const problems = content.filter(({ mediaType }) => mediaType.startsWith('application/problem+json'));
  const found = problems.flatMap(({ schema, schemaPointer }) => {
    return schema === undefined
      ? []
      : (properties(document, schema, schemaPointer).get('instance')?.pointer ?? []);
  });
  return [...new Set(found)];
}
