import { isObject, lookup } from './json.js';
import type { OpenApiDocument, Operation } from './types.js';

/** A way to authenticate, as the document describes it. */
export interface SecurityScheme {
  /** Its name in `components/securitySchemes`. */
  name: string;
  /** Whether the document declares it. */
  declared: boolean;
  /** An API key, user name and password, or a token (bearer, OAuth and OpenID Connect). */
  kind: 'key' | 'basic' | 'token' | 'other';
  /** Where an API key goes. */
  in?: 'header' | 'query' | 'cookie';
  parameter?: string;
}

/** The schemes that an operation accepts: one of the lists is enough, but all schemes in it are needed. */
export function securityOf(document: OpenApiDocument, operation: Operation): SecurityScheme[][] {
  const source = lookup(document, operation.pointer);
  const security = (isObject(source) ? source.security : undefined) ?? document.security;
  return (Array.isArray(security) ? security : [])
    .filter(isObject)
    .map((all) => Object.keys(all).map((name) => schemeOf(document, name)));
}

function schemeOf({ components }: OpenApiDocument, name: string): SecurityScheme {
  const schemes = isObject(components) ? components.securitySchemes : undefined;
  const scheme = isObject(schemes) && Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  const { type, in: place, name: parameter, scheme: way } = isObject(scheme) ? scheme : {};
  const declared = scheme !== undefined;
  if (type === 'apiKey' && typeof parameter === 'string' && isPlace(place)) {
    return { name, declared, kind: 'key', in: place, parameter };
  }
  if (type === 'http') return { name, declared, kind: kindOf(String(way).toLowerCase()) };
  return { name, declared, kind: type === 'oauth2' || type === 'openIdConnect' ? 'token' : 'other' };
}

function kindOf(way: string): SecurityScheme['kind'] {
  return way === 'bearer' ? 'token' : way === 'basic' ? 'basic' : 'other';
}

function isPlace(place: unknown): place is 'header' | 'query' | 'cookie' {
  return place === 'header' || place === 'query' || place === 'cookie';
}
