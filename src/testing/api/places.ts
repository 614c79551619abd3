import {
  isObject,
  isVersionHeader,
  type OpenApiDocument,
  type Operation,
  readOAuth,
  readScopes,
  readServers,
} from '../../document/index.js';
import type { Places, Versioning } from '../world.js';

/**
 * Paths and URLs according to the document; the fake serves the same paths at its own origin.
 *
 * @param origin of the fake: `http://127.0.0.1:4000`.
 * @param linkBase base of the absolute URLs in answers, if it isn't the fake's own.
 */
export function placesOf(
  document: OpenApiDocument,
  origin: string,
  linkBase: string | undefined,
): Omit<Places, 'instanceOf'> {
  // The document's first server may be a mock, which is a stand-in too.
  const live = readServers(document).find(({ environment }) => environment === 'live');
  const server = new URL(live?.url ?? (firstServer(document) || origin), origin);
  const oauth = readOAuth(document);
  const basePath = server.pathname.replace(/\/+$/, '');
  const tokenPath = pathOf(oauth.tokenUrl) ?? '/o/token/';
  return {
    basePath,
    liveBase: `${server.origin}${basePath}`,
    linkBase: (linkBase ?? `${origin}${basePath}`).replace(/\/+$/, ''),
    tokenPath,
    // OpenAPI has no field for it; this API has it next to the token endpoint.
    revocationPath: tokenPath.replace(/[^/]*\/?$/, 'revoke_token/'),
    authorizationPath: pathOf(oauth.authorizationUrl),
    problemTypes: `${server.origin}${basePath}/problems/`,
  };
}

/** All scopes of the document: those that its OAuth flows declare, and those that only operations require. */
export function scopesOf(document: OpenApiDocument, operations: readonly Operation[]): string[] {
  return [...new Set([...readScopes(document), ...operations.flatMap(({ scopes }) => scopes)])];
}

/**
 * The version header is both a request parameter and a response header. The supported version is the
 * parameter's example, else the document's major version.
 */
export function versioningOf(
  document: OpenApiDocument,
  operations: readonly Operation[],
): Versioning | undefined {
  for (const operation of operations) {
    const parameter = operation.parameters.find((one) => isVersionHeader(one, operation.responses));
    if (!parameter) continue;
    const example = parameter.examples[0]?.value ?? Number.parseInt(String(document.info.version), 10);
    return { header: parameter.name, supported: [String(example)] };
  }
  return undefined;
}

function firstServer(document: OpenApiDocument): string {
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  return isObject(server) ? String(server.url) : '';
}

function pathOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;
}
