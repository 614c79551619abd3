import { type Operation, type SecurityScheme, securityOf } from '../../document/index.js';
import { NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Session } from '../model/session.js';
import type { Keys } from '../model/target.js';
import { encoded } from '../targets/keys.js';

/** What a request carries to prove who asks. */
export interface Carried {
  headers: Record<string, string>;
  query: [string, string][];
}

const NOTHING: Carried = { headers: {}, query: [] };

/**
 * API keys, user and password for an operation that asks for them. Nothing where a token is enough, which travels by
 * itself, or where what it asks for isn't known.
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

/** Whether there is anything beside a token that an operation asks for. */
export function haveKeysFor(contract: Contract, operation: Operation, keys: Keys | undefined): boolean {
  const { headers, query } = keysFor(contract, operation, keys);
  return Object.keys(headers).length + query.length > 0;
}

/** @throws NotCovered for a caller whom the server doesn't know: in the name of another user nobody unknown can ask. */
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
