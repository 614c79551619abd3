import { type Operation, pathTemplates, readServers } from '../../document/index.js';
import type { Contract } from '../model/contract.js';

/** The operation of a request, and the values in its path. */
export interface Route {
  operation: Operation;
  path: Record<string, string>;
}

/**
 * Finds the operation for a method and the path of a URL. The path may begin with the base path of one of the
 * document's servers, with one of `bases`, or with none.
 */
export function routeOf(
  contract: Contract,
  method: string,
  url: URL,
  bases: readonly string[] = [],
): Route | undefined {
  const prefixes = new Set(['', ...bases.map(basePath), ...serverPaths(contract)]);
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

/** A path without slashes at its end, and with its colons as they are: for both, the two spellings mean the same. */
export function plainPath(path: string): string {
  return path.replaceAll('%3A', ':').replace(/(?<!\/)\/+$/, '');
}

/** URLs of the document's servers. */
export function servers({ document }: Contract): string[] {
  return readServers(document).map(({ url }) => url);
}

const paths = new WeakMap<Contract, readonly string[]>();

/** Base paths of the document's servers; cached, since every URL in an answer is looked up. */
function serverPaths(contract: Contract): readonly string[] {
  const known = paths.get(contract) ?? servers(contract).map(basePath);
  paths.set(contract, known);
  return known;
}

function basePath(url: string): string {
  return new URL(url).pathname.replace(/(?<!\/)\/+$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
