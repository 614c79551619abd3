import { DocumentError } from '../errors.js';
import type { Operation } from '../types.js';

/**
 * Refuses operations that the client can't tell apart.
 *
 * @throws DocumentError when two share an id or a method name, or a resource hides a method.
 */
export function refuseCollisions(operations: readonly Operation[]): void {
  const taken = new Map<string, Operation>();
  const claim = (name: string, what: string, operation: Operation) => {
    const other = taken.get(name);
    if (other) {
      throw new DocumentError(
        `${operation.method} ${operation.path} and ${other.method} ${other.path} have the same ${what}; ` +
          `set 'x-method-name' or 'operationId' on one of them`,
        operation.pointer,
      );
    }
    taken.set(name, operation);
  };
  for (const operation of operations) claim(`id ${operation.id}`, `operationId '${operation.id}'`, operation);
  for (const operation of operations) {
    const name = [...operation.resource, operation.methodName].join('.');
    claim(`method ${name}`, `method name '${name}'`, operation);
  }
  refuseShadowing(operations, taken);
}

/** A nested resource must not hide a method of the same name: `evses.list()` and `evses.list.retrieve()`. */
function refuseShadowing(operations: readonly Operation[], taken: ReadonlyMap<string, Operation>): void {
  for (const operation of operations) {
    operation.resource.forEach((_, index) => {
      const name = operation.resource.slice(0, index + 1).join('.');
      const other = taken.get(`method ${name}`);
      if (!other) return;
      throw new DocumentError(
        `The resource '${name}' of ${operation.method} ${operation.path} is also the method of ` +
          `${other.method} ${other.path}; set 'x-method-name' on one of them`,
        operation.pointer,
      );
    });
  }
}
