import type { Operation } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { isList } from './success.js';

/** The operation that lists what the last parameter of a path names. */
export function listAbove(contract: Contract, path: string): Operation | undefined {
  const above = /^(.*)\/\{[^{}]+\}$/.exec(path)?.[1];
  return contract.operations.find(
    (other) => other.method === 'GET' && other.path === above && isList(contract, other),
  );
}

/** The operation that reads one item of the collection at a path. */
export function readerBelow({ operations }: Contract, path: string): Operation | undefined {
  return operations.find(
    (other) =>
      other.method === 'GET' &&
      other.path.startsWith(`${path}/{`) &&
      /^\/\{[^{}]+\}$/.test(other.path.slice(path.length)),
  );
}

/** The operation that reads what another one changes or deletes. */
export function readerOf({ operations }: Contract, { method, path }: Operation): Operation | undefined {
  if (!['PATCH', 'PUT', 'DELETE'].includes(method)) return undefined;
  return operations.find((other) => other.method === 'GET' && other.path === path);
}

/**
 * The operation that lists what is right below the object that a parameter names: `/evses/{evse_id}/status_logs` for
 * `evse_id` in that path and in those below it. A list that names the object in its query is the operation itself.
 */
export function listBelow(
  contract: Contract,
  operation: Operation,
  parameter: string,
): Operation | undefined {
  const [above, below] = operation.path.split(`/{${parameter}}/`);
  const path = below === undefined ? above : `${above}/{${parameter}}/${below.split('/{', 1)[0]}`;
  return contract.operations.find(
    (other) => other.method === 'GET' && other.path === path && isList(contract, other),
  );
}
