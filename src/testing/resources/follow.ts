import { type Operation, pathTemplates } from '../../document/index.js';
import { Problem } from '../problems.js';
import type { Call, Surroundings } from '../world.js';
import { sort } from './sorting.js';

/**
 * What is at an address that isn't an item's: the items of a collection, or something that belongs to an item, such as
 * its settings. Undefined if there is nothing, or the caller may not see it.
 */
export function follow(url: string, call: Call): unknown {
  const found = operationAt(url, call.world);
  const handle = found && call.world.handlers.get(found.operation);
  if (!handle) return undefined;
  const { operation, path, pathname } = found;
  const request = { ...call.request, method: 'GET', url: new URL(pathname, call.request.url) };
  const own: Call = { ...call, request, operation, path, query: {}, header: {} };
  try {
    // The whole collection, not its first page.
    const isPaged = operation.paging !== undefined && call.world.store.has(operation.path);
    if (!isPaged) return handle(own).body;
    const { collection, items } = call.world.behaviours.collect(own);
    return sort(collection.table.expanded?.(items) ?? items, own);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Whether an operation would show what is at an address, and there is nothing. What others own is there as well. */
export function leadsNowhere(url: string, call: Call): boolean {
  const { world } = call;
  return (
    operationAt(url, world) !== undefined && !world.store.resolve(url) && follow(url, call) === undefined
  );
}

function operationAt(
  url: string,
  { operations, places }: Pick<Surroundings, 'operations' | 'places'>,
): { operation: Operation; path: Record<string, string>; pathname: string } | undefined {
  if (!url.startsWith(`${places.linkBase}/`)) return undefined;
  const { pathname } = new URL(url);
  const below = pathname.slice(new URL(places.linkBase).pathname.replace(/\/$/, '').length);
  for (const { pattern, names, operations: methods } of pathTemplates(operations)) {
    const operation = methods.get('GET');
    const match = operation && pattern.exec(below);
    if (!match) continue;
    const values = names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')] as const);
    return { operation, path: Object.fromEntries(values), pathname: `${places.basePath}${below}` };
  }
  return undefined;
}
