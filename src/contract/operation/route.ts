import { isObject, type Operation, pathParameters } from '../../document/index.js';
import type { Contract } from '../model/contract.js';

/** An operation that a request is for, and the values in its path. */
export interface Route {
  operation: Operation;
  path: Record<string, string>;
}

/**
 * The operation that a method and the path of a URL name. The path may begin with the base path of a server of the
 * document, with one of `bases`, or with none.
 */
export function routeOf(
  contract: Contract,
  method: string,
  url: URL,
  bases: readonly string[] = [],
): Route | undefined {
  const pathname = withoutSlash(url.pathname);
  const prefixes = [...new Set(['', ...bases.map(basePath), ...servers(contract).map(basePath)])];
  const routes = contract.operations
    .filter((operation) => operation.method === method.toUpperCase())
    .flatMap((operation) => {
      const pattern = patternOf(operation);
      for (const prefix of prefixes) {
        const match = pathname.startsWith(prefix) ? pattern.exec(pathname.slice(prefix.length)) : null;
        if (!match) continue;
        const values = pathParameters(operation.path).map((name, index) => [
          name,
          decode(match[index + 1] ?? ''),
        ]);
        return [{ operation, path: Object.fromEntries(values) as Record<string, string> }];
      }
      return [];
    });
  // A concrete segment wins over a templated one (OpenAPI 3.1, paths object).
  return routes.sort(
    (a, b) => pathParameters(a.operation.path).length - pathParameters(b.operation.path).length,
  )[0];
}

/** URLs of the document's servers. */
export function servers({ document }: Contract): string[] {
  const list = Array.isArray(document.servers) ? document.servers.filter(isObject) : [];
  return list.map(({ url }) => String(url)).filter((url) => URL.canParse(url));
}

function patternOf({ path }: Operation): RegExp {
  const literals = withoutSlash(path).split(/\{[^{}]+\}/);
  const escaped = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('([^/]+)')}$`);
}

function basePath(url: string): string {
  return withoutSlash(new URL(url).pathname);
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
