import { type Operation, type SecurityScheme, securityOf } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
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
