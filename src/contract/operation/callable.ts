import type { Operation } from '../../document/index.js';
import type { Target } from '../model/target.js';

/** Why an operation can't be called at all on a target; undefined if it can. */
export function whyNotCalled(operation: Operation, target: Target): string | undefined {
  if (operation.method === 'TRACE') return 'the client is built on fetch, which sends no TRACE';
  const unwritten = operation.parameters.find(
    ({ in: place, style }) => place === 'path' && style !== 'simple',
  );
  if (unwritten) return `the client doesn't write ${unwritten.name} in the style '${unwritten.style}'`;
  return target.lacks?.(operation);
}
