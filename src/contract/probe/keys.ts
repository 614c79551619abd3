import { type Operation, type SecurityScheme, securityOf } from '../../document/index.js';
import { NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Session } from '../model/session.js';
import type { Target } from '../model/target.js';
import { encoded, inEnvironment } from '../targets/keys.js';

/** The credentials that a request carries beside a token. */
export interface Carried {
  headers: Record<string, string>;
  query: [string, string][];
  cookies: string[];
}

/** What there is to authenticate with. */
type Known = Pick<Target, 'keys' | 'tokens'>;

const NOTHING: Carried = { headers: {}, query: [], cookies: [] };

/**
 * API keys, or user name and password, for an operation that needs them. Empty if a token is enough, which is added
 * elsewhere, or if the required credentials aren't known.
 */
export function keysFor({ document }: Contract, operation: Operation, known: Known): Carried {
  const possible = securityOf(document, operation).flatMap((schemes) => {
    const all = schemes.map((scheme) => carry(scheme, known));
    return all.includes(undefined) ? [] : [together(all.filter((one) => one !== undefined))];
  });
  return possible.find((one) => !isSomething(one)) ?? possible[0] ?? NOTHING;
}

/** Whether we have credentials other than a token that the operation accepts. */
export function haveKeysFor(contract: Contract, operation: Operation, known: Known): boolean {
  return isSomething(keysFor(contract, operation, known));
}

/** Which credentials an operation needs that aren't known, and how to give them; undefined if it can be called. */
export function lackOfKeys({ document }: Contract, operation: Operation, known: Known): string | undefined {
  if (operation.public) return undefined;
  const missing = securityOf(document, operation).map((all) => all.filter((one) => !carry(one, known)));
  if (missing.some((schemes) => schemes.length === 0)) return undefined;
  const schemes = missing.find((one) => one.every(isSent)) ?? missing[0] ?? [];
  return `it needs ${schemes.map(inWords).join('; and ')}`;
}

/** @throws NotCovered if the server doesn't know the caller: anonymous callers can't act for another user. */
export function requireKnownCaller(
  { contract, target }: Pick<Session, 'contract' | 'target'>,
  operation: Operation,
): void {
  if (target.tokens.token !== undefined || haveKeysFor(contract, operation, target)) return;
  throw new NotCovered('only a caller with a token can ask for another user');
}

function carry(scheme: SecurityScheme, { keys, tokens }: Known): Carried | undefined {
  // We can't know what an undeclared scheme is; most are tokens.
  if (scheme.kind === 'token' || !scheme.declared) return tokens.token === undefined ? undefined : NOTHING;
  if (scheme.kind === 'basic' && keys?.basic)
    return { ...NOTHING, headers: { authorization: `Basic ${encoded(keys.basic)}` } };
  const value = scheme.kind === 'key' ? keys?.key(scheme.name) : undefined;
  if (value === undefined || scheme.parameter === undefined) return undefined;
  if (scheme.in === 'query') return { ...NOTHING, query: [[scheme.parameter, value]] };
  if (scheme.in === 'cookie') return { ...NOTHING, cookies: [`${scheme.parameter}=${value}`] };
  return { ...NOTHING, headers: { [scheme.parameter]: value } };
}

function together(all: readonly Carried[]): Carried {
  return {
    headers: Object.assign({}, ...all.map(({ headers }) => headers)),
    query: all.flatMap(({ query }) => query),
    cookies: all.flatMap(({ cookies }) => cookies),
  };
}

function isSomething({ headers, query, cookies }: Carried): boolean {
  return Object.keys(headers).length + query.length + cookies.length > 0;
}

/** Whether there is a way to send it from here. */
function isSent({ kind, declared }: SecurityScheme): boolean {
  return kind !== 'other' || !declared;
}

function inWords(scheme: SecurityScheme): string {
  if (!isSent(scheme)) return `the security scheme '${scheme.name}', which these checks cannot send`;
  if (scheme.kind === 'key') return `an API key: set ${inEnvironment(scheme.name)} or EV_ENERGY_API_KEY`;
  if (scheme.kind === 'basic') return 'user name and password: set EV_ENERGY_USERNAME and EV_ENERGY_PASSWORD';
  return 'a token: set EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET';
}
