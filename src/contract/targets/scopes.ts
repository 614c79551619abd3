import { isObject } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { SCOPED } from '../model/probe.js';

/** The OAuth flows of a document. */
export function flowsOf({ document }: Contract): Record<string, unknown>[] {
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? Object.values(components.securitySchemes) : [];
  return schemes
    .filter(isObject)
    .flatMap(({ flows }) => (isObject(flows) ? Object.values(flows) : []))
    .filter(isObject);
}

/** All scopes of a document. */
export function scopesOf(contract: Contract): string[] {
  const names = flowsOf(contract).flatMap(({ scopes }) => (isObject(scopes) ? Object.keys(scopes) : []));
  return [...new Set(names)];
}

/** The two scopes that the fewest operations need: a token with one of them alone lacks the scope of nearly all. */
export function leastNeededScopes(contract: Contract): string[] {
  const needing = (scope: string) =>
    contract.operations.filter(({ scopes }) => scopes.includes(scope)).length;
  return scopesOf(contract)
    .sort((a, b) => needing(a) - needing(b))
    .slice(0, SCOPED.length);
}
