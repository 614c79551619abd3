import { type Operation, type Parameter, pathTemplates, readServers } from '../../document/index.js';
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

/**
 * The base paths at which the API may stand: those of the document's servers, and that of a request; undefined where
 * the request is spelled in a way that doesn't show it.
 *
 * @param path of the operation, with the values of the request.
 */
export function basesOf(
  contract: Contract,
  { request }: { request: { url: string } },
  path: string,
): readonly string[] | undefined {
  const [own, end] = [plainPath(new URL(request.url).pathname), plainPath(path)];
  return own.endsWith(end) ? [own.slice(0, own.length - end.length), ...serverPaths(contract)] : undefined;
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

/**
 * The id for a parameter in the path of a URL that is spelled as no operation is, such as `/evse/…` for `/evses/…`: the
 * only part of its form before the last one. Undefined where a plain word has that form, too.
 */
export function idAbove(
  url: string,
  { schemaPointer }: Parameter,
  { path }: Operation,
  contract: Contract,
): string | undefined {
  const isId = (segment: string) => contract.accepts(schemaPointer, segment);
  const parts = (text: string) => text.split('/').filter((part) => part !== '');
  if (parts(path).some((part) => !part.startsWith('{') && isId(part))) return undefined;
  const above = parts(new URL(url).pathname).slice(0, -1).filter(isId);
  return above.length === 1 ? above[0] : undefined;
}
