import { type Operation, pathTemplates, readServers } from '../../document/index.js';
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
  const prefixes = new Set(['', ...[...bases, ...servers(contract)].map(basePath)]);
  for (const { pattern, names, operations } of pathTemplates(contract.operations)) {
    const operation = operations.get(method.toUpperCase());
    for (const prefix of operation ? prefixes : []) {
      const match = url.pathname.startsWith(prefix) && pattern.exec(url.pathname.slice(prefix.length));
      if (!operation || !match) continue;
      const values = names.map((name, index) => [name, decode(match[index + 1] ?? '')]);
      return { operation, path: Object.fromEntries(values) };
    }
  }
  return undefined;
}

/** URLs of the document's servers. */
export function servers({ document }: Contract): string[] {
  return readServers(document).map(({ url }) => url);
}

function basePath(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
