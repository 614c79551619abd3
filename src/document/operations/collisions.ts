import { DocumentError } from '../errors.js';
import { camelCase, type MethodName, usable } from '../naming.js';
import type { Operation } from '../types.js';

/** @throws DocumentError if two operations share an id, since nothing else distinguishes them. */
export function refuseSharedIds(operations: readonly Operation[]): void {
  const taken = new Map<string, Operation>();
  for (const operation of operations) {
    const other = taken.get(operation.id);
    if (other) {
      throw new DocumentError(
        `${operation.method} ${operation.path} and ${other.method} ${other.path} have the same operationId ` +
          `'${operation.id}'; change it on one of them`,
        operation.pointer,
      );
    }
    taken.set(operation.id, operation);
  }
}

/**
 * Renames operations whose method name isn't theirs alone after their id. None of them keeps the name, so that the
 * names don't depend on the document's order.
 */
export function renameSharedMethods(operations: readonly Operation[]): Operation[] {
  const shared = sharedNames(operations);
  const taken = new Set(operations.flatMap(partsOf).filter((name) => !shared.has(name)));
  return operations.map((operation) => {
    const sharedName = nameOf(operation);
    if (!shared.has(sharedName)) return operation;
    return { ...operation, ...fallback(operation, taken), sharedName };
  });
}

/** One line for each name that operations would share, with the name that each gets instead. */
export function describeSharedNames(operations: readonly Operation[]): string[] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.sharedName === undefined) continue;
    groups.set(operation.sharedName, [...(groups.get(operation.sharedName) ?? []), operation]);
  }
  return [...groups].map(([name, sharing]) => {
    const now = sharing.map((one) => `${one.method} ${one.path} is ${nameOf(one)}()`).join(', ');
    const why = sharing.length > 1 ? 'is the name of several operations' : 'is also the name of a resource';
    return `${name} ${why}: ${now}. Set 'x-method-name' to choose`;
  });
}

/**
 * Names of more than one operation, and names of a method that a nested resource would hide: `evses.list` and
 * `evses.list.retrieve`.
 */
function sharedNames(operations: readonly Operation[]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const operation of operations) {
    const name = nameOf(operation);
    if (seen.has(name)) shared.add(name);
    seen.add(name);
  }
  for (const resource of operations.flatMap(resourcesOf)) if (seen.has(resource)) shared.add(resource);
  return shared;
}

function fallback(operation: Operation, taken: Set<string>): MethodName {
  const id = camelCase(operation.id);
  for (let count = 1; ; count++) {
    const methodName = count === 1 ? id : `${id}${count}`;
    const name = usable({ resource: operation.resource, methodName });
    if (taken.has(nameOf(name))) continue;
    taken.add(nameOf(name));
    return name;
  }
}

/** The names of the method and of the resources above it. */
function partsOf(operation: Operation): string[] {
  return [nameOf(operation), ...resourcesOf(operation)];
}

function resourcesOf({ resource }: Operation): string[] {
  return resource.map((_, index) => resource.slice(0, index + 1).join('.'));
}

function nameOf({ resource, methodName }: MethodName): string {
  return [...resource, methodName].join('.');
}
