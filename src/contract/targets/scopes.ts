import { readScopes } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { SCOPED } from '../model/probe.js';

/**
 * The two scopes that the fewest operations need: a token with only one of them lacks the scope of nearly all
 * operations.
 */
export function leastNeededScopes({ document, operations }: Contract): string[] {
  const needing = (scope: string) => operations.filter(({ scopes }) => scopes.includes(scope)).length;
  return readScopes(document)
    .sort((a, b) => needing(a) - needing(b))
    .slice(0, SCOPED.length);
}
