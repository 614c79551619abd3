import {
  isObject,
  type JsonObject,
  join,
  type OpenApiDocument,
  walkSchemas,
} from '../../../src/document/index.js';

/** A correction, and where it was made. */
export interface Correction {
  rule: string;
  pointer: string;
  detail: string;
}

/**
 * Corrects parts of the document that contradict each other. An overlay can't: JSONPath can't compare parts, and an
 * update can't rewrite what it finds. In place. Each step works for any document and leaves a correct one unchanged.
 */
export function makeConsistent(document: OpenApiDocument): Correction[] {
  return [...completeEnums(document), ...nameSecuritySchemes(document), ...declareScopes(document)];
}

/** A type with null next to an enum without null doesn't allow null, although the type shows that it should. */
function completeEnums(document: OpenApiDocument): Correction[] {
  const corrections: Correction[] = [];
  walkSchemas(document, (schema, pointer) => {
    const { type } = schema;
    if (!Array.isArray(type) || !type.includes('null') || !Array.isArray(schema.enum)) return;
    if (schema.enum.includes(null)) return;
    schema.enum.push(null);
    corrections.push({ rule: 'enum', pointer, detail: 'null added, which its type allows' });
  });
  return corrections;
}

/**
 * Nobody can meet a security requirement that names an undefined scheme. If exactly one OAuth scheme is defined, that
 * one is meant; the required scopes are declared with it.
 */
function nameSecuritySchemes(document: OpenApiDocument): Correction[] {
  const schemes = securitySchemes(document);
  const oauth = Object.keys(schemes).filter(
    (name) => isObject(schemes[name]) && schemes[name].type === 'oauth2',
  );
  const [only] = oauth;
  if (only === undefined || oauth.length > 1) return [];
  const corrections: Correction[] = [];
  for (const { requirements, pointer } of securityOf(document)) {
    for (const requirement of requirements.filter(isObject)) {
      for (const name of Object.keys(requirement).filter((name) => !Object.hasOwn(schemes, name))) {
        const scopes = [requirement[only], requirement[name]].flatMap((s) => (Array.isArray(s) ? s : []));
        delete requirement[name];
        requirement[only] = [...new Set(scopes)];
        corrections.push({
          rule: 'security',
          pointer,
          detail: `'${name}' is not defined, '${only}' is meant`,
        });
      }
    }
  }
  return corrections;
}

/** Declares scopes that operations require but their scheme doesn't list. */
function declareScopes(document: OpenApiDocument): Correction[] {
  const schemes = securitySchemes(document);
  const corrections: Correction[] = [];
  for (const { requirements, pointer } of securityOf(document)) {
    for (const [name, scopes] of requirements.filter(isObject).flatMap(Object.entries)) {
      const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      const flows = isObject(scheme) && isObject(scheme.flows) ? Object.values(scheme.flows) : [];
      const lists = flows.filter(isObject).flatMap(({ scopes: list }) => (isObject(list) ? [list] : []));
      for (const scope of Array.isArray(scopes) ? scopes.map(String) : []) {
        if (lists.length === 0 || lists.some((list) => Object.hasOwn(list, scope))) continue;
        const list = lists.find((candidate) => Object.keys(candidate).length > 0) ?? lists[0];
        if (list) list[scope] = '';
        corrections.push({ rule: 'scope', pointer, detail: `'${scope}' declared in '${name}'` });
      }
    }
  }
  return corrections;
}

function securitySchemes({ components }: OpenApiDocument): JsonObject {
  return isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
}

function securityOf(document: OpenApiDocument): { requirements: unknown[]; pointer: string }[] {
  const owners: [unknown, string][] = [[document, '#']];
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isObject(item)) continue;
    for (const [method, operation] of Object.entries(item))
      owners.push([operation, join('#/paths', path, method)]);
  }
  return owners.flatMap(([owner, at]) =>
    isObject(owner) && Array.isArray(owner.security)
      ? [{ requirements: owner.security, pointer: join(at, 'security') }]
      : [],
  );
}
