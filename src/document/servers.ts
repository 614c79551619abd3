import { isObject } from './json.js';
import type { JsonObject, OpenApiDocument } from './types.js';

/** The environments that a server of the document can be. */
export type Environment = 'live' | 'staging' | 'hosted-mock';

export interface Server {
  /** Base URL without a slash at the end. */
  url: string;
  environment: Environment;
  description: string;
}

/** The document's absolute servers; URL and description show which environment each is. */
export function readServers(document: OpenApiDocument): Server[] {
  const servers = Array.isArray(document.servers) ? document.servers.filter(isObject) : [];
  return servers
    .map((server) => ({ ...server, url: serverUrl(server) }))
    .filter(({ url }) => URL.canParse(url))
    .map((server: JsonObject & { url: string }) => {
      const url = server.url.replace(/(?<!\/)\/+$/, '');
      const description = typeof server.description === 'string' ? server.description : '';
      return { url, environment: environmentOf(`${url} ${description}`), description };
    });
}

/** The server's URL, with the default of each variable filled in (OpenAPI 3.1, server variable object). */
export function serverUrl({ url, variables }: JsonObject): string {
  return String(url ?? '').replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && variable.default !== undefined ? String(variable.default) : whole;
  });
}

function environmentOf(text: string): Environment {
  if (/mock/i.test(text)) return 'hosted-mock';
  return /staging/i.test(text) ? 'staging' : 'live';
}

export interface OAuthEndpoints {
  tokenUrl?: string;
  authorizationUrl?: string;
  /** RFC 7009; OpenAPI has no field for it, so it comes from the scheme's `x-revocation-url`. */
  revocationUrl?: string;
}

/** The OAuth 2.0 endpoints, from the document's first scheme of that type. */
export function readOAuth(document: OpenApiDocument): OAuthEndpoints {
  const scheme = securitySchemes(document).find((candidate) => candidate.type === 'oauth2');
  const flows = scheme ? flowsOf(scheme) : [];
  const first = (name: string) => flows.map((flow) => flow[name]).find((url) => typeof url === 'string');
  const endpoints = {
    tokenUrl: first('tokenUrl'),
    authorizationUrl: first('authorizationUrl'),
    revocationUrl: scheme?.['x-revocation-url'],
  };
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => typeof url === 'string'));
}

/** All scopes that the document's OAuth flows declare. */
export function readScopes(document: OpenApiDocument): string[] {
  const flows = securitySchemes(document).flatMap(flowsOf);
  const names = flows.flatMap(({ scopes }) => (isObject(scopes) ? Object.keys(scopes) : []));
  return [...new Set(names)];
}

function securitySchemes({ components }: OpenApiDocument): JsonObject[] {
  const schemes =
    isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
  return Object.values(schemes).filter(isObject);
}

function flowsOf({ flows }: JsonObject): JsonObject[] {
  return isObject(flows) ? Object.values(flows).filter(isObject) : [];
}
