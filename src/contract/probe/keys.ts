import { type Operation, type SecurityScheme, securityOf } from '../../document/index.js';
import { NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Session } from '../model/session.js';
import type { Keys } from '../model/target.js';
import { encoded } from '../targets/keys.js';

/** The credentials that a request carries. */
export interface Carried {
  headers: Record<string, string>;
  query: [string, string][];
}

const NOTHING: Carried = { headers: {}, query: [] };

/**
 * API keys, or user name and password, for an operation that needs them. Empty if a token is enough, which is added
 * elsewhere, or if the required credentials aren't known.
 */
export function keysFor({ document }: Contract, operation: Operation, keys: Keys | undefined): Carried {
  const alternatives = securityOf(document, operation);
  const enough = (schemes: readonly SecurityScheme[]) => schemes.every(({ kind }) => kind === 'token');
  if (!keys || alternatives.some(enough)) return NOTHING;
  for (const schemes of alternatives) {
    const carried = schemes.map((scheme) => carry(scheme, keys));
    if (carried.includes(undefined)) continue;
    const all = carried.filter((one) => one !== undefined);
    return {
      headers: Object.assign({}, ...all.map(({ headers }) => headers)),
      query: all.flatMap(({ query }) => query),
    };
  }
  return NOTHING;
}

/** Whether we have credentials other than a token that the operation accepts. */
export function haveKeysFor(contract: Contract, operation: Operation, keys: Keys | undefined): boolean {
  const { headers, query } = keysFor(contract, operation, keys);
  return Object.keys(headers).length + query.length > 0;
}

/** @throws NotCovered if the server doesn't know the caller: anonymous callers can't act for another user. */
export function requireKnownCaller(
  { contract, target }: Pick<Session, 'contract' | 'target'>,
  operation: Operation,
): void {
  if (target.tokens.token !== undefined || haveKeysFor(contract, operation, target.keys)) return;
  throw new NotCovered('only a caller with a token can ask for another user');
}

function carry(scheme: SecurityScheme, keys: Keys): Carried | undefined {
  if (scheme.kind === 'token') return NOTHING;
  if (scheme.kind === 'basic' && keys.basic) {
    return { headers: { authorization: `Basic ${encoded(keys.basic)}` }, query: [] };
  }
  const value = scheme.kind === 'key' ? keys.key(scheme.name) : undefined;
  if (value === undefined || scheme.parameter === undefined) return undefined;
  if (scheme.in === 'query') return { headers: {}, query: [[scheme.parameter, value]] };
  if (scheme.in === 'cookie') return { headers: { cookie: `${scheme.parameter}=${value}` }, query: [] };
  return { headers: { [scheme.parameter]: value }, query: [] };
}
