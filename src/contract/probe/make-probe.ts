import {
  camelCase,
  essence,
  type Operation,
  type Parameter,
  PROBLEM,
  pathAbove,
  userHeader,
} from '../../document/index.js';
import { NotCovered } from '../errors.js';
import type { Exchange } from '../model/exchange.js';
import type { Ask, Probe } from '../model/probe.js';
import type { Session } from '../model/session.js';
import type { Ids, Lister } from './ids.js';
import { keysFor } from './keys.js';
import { JSON_TYPE, jsonBody, requestBody } from './request-body.js';
import { queryPairs } from './values.js';

const FEW = 7;

/** What is needed to make a probe. */
interface Source extends Pick<Session, 'contract' | 'target'> {
  readonly ids: Ids;
}

/**
 * Makes a probe of an operation, with values for everything that it requires.
 *
 * @param list lists the collections to take ids from; without it, ids come from the document.
 */
export async function makeProbe(
  session: Source,
  operation: Operation,
  ask: Ask,
  list: Lister | undefined,
): Promise<Probe> {
  const needed = await neededValues(session, operation, ask, list);
  const { without: _, ...rest } = ask;
  const { credential = 'token' } = ask;
  const keys = keysFor(session.contract, operation, credential === 'token' ? session.target : { tokens: {} });
  const cookies = [...needed.cookies, ...keys.cookies];
  const body = await bodyOf(session, operation, ask);
  return {
    rule: 'succeeds',
    method: operation.method,
    credential: 'token',
    expect: successes(operation),
    ...rest,
    operation,
    path: inOrder(operation, { ...needed.path, ...ask.path }),
    query: [...needed.query, ...keys.query, ...(ask.query ?? [])],
    headers: {
      ...needed.headers,
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
      ...keys.headers,
      ...accepting(operation),
      ...(body === undefined ? {} : { 'content-type': body.type }),
      ...ask.headers,
    },
    ...(body === undefined ? {} : { body: body.text }),
    guessed: needed.guessed,
  };
}

/** Values for the parameters that the operation requires, except those that are given, or left out on purpose. */
interface Needed {
  path: Record<string, string>;
  query: (readonly [string, string])[];
  headers: Record<string, string>;
  cookies: string[];
  /** Names of the parameters whose values may be wrong. */
  guessed: string[];
}

async function neededValues(
  session: Source,
  operation: Operation,
  ask: Ask,
  list: Lister | undefined,
): Promise<Needed> {
  // A parameter may be called `__proto__`.
  const path: Needed['path'] = Object.create(null);
  const needed: Needed = { path, query: [], headers: {}, cookies: [], guessed: [] };
  // An application must name the user for whom it asks. A user's own token already says so; naming the user again does
  // no harm.
  const user = operation.needsUser ? userHeader(operation)?.parameter : undefined;
  for (const parameter of operation.parameters) {
    const { name } = parameter;
    const isNeeded = parameter.required || parameter === user;
    if (!isNeeded || name === ask.without || given(parameter, ask)) continue;
    const known =
      parameter.in === 'path' || parameter.in === 'query'
        ? await session.ids.inAddress(operation, parameter, list, existing(session, operation, path))
        : session.ids.of(parameter);
    if (!known) throw new NotCovered(`no value is known for ${name}: ${advice(parameter)}`);
    if (known.guessed) needed.guessed.push(name);
    if (parameter.in === 'path') path[name] = known.value;
    if (parameter.in === 'query') needed.query.push(...queryPairs(parameter, known.whole ?? known.value));
    if (parameter.in === 'header') needed.headers[name] = known.value;
    if (parameter.in === 'cookie') needed.cookies.push(`${name}=${encodeURIComponent(known.value)}`);
  }
  return needed;
}

/** The body that is asked for, or else one that the operation takes; undefined where it needs none. */
async function bodyOf({ contract }: Source, operation: Operation, ask: Ask) {
  if (ask.body !== undefined) return { text: ask.body, type: jsonBody(operation)?.mediaType ?? JSON_TYPE };
  const body = await requestBody(contract, operation);
  const { requestBody: asked } = operation;
  if (body === undefined && asked?.required && asked.content.length > 0) {
    throw new NotCovered('no body can be made that its schema accepts: give it an example');
  }
  return body;
}

/** Looks up the id of an existing item below those already named, if the server can tell. */
function existing({ target }: Source, { path }: Operation, values: Readonly<Record<string, string>>) {
  return (parameter: Parameter): string | undefined => {
    const collection = pathAbove(path, parameter.name);
    if (collection === undefined) return undefined;
    const above = [...collection.matchAll(/\{([^{}]+)\}/g)].map((match) => values[match[1] ?? ''] ?? '');
    return target.idIn?.(collection, above);
  };
}

/** Lists a collection with the largest page that it allows; other probes send the same request. */
export function lister(session: Session): Lister | undefined {
  if (session.target.prefer) return undefined;
  return async (operation, named = {}): Promise<Exchange | undefined> => {
    if (session.target.fixed(operation)) return undefined;
    const { query = [], ...whole } = wholePage(operation);
    const ask = { ...whole, ...named, query: [...query, ...(named.query ?? [])] };
    const exchange = await session.get(await session.probe(operation, ask));
    return exchange.response.status === 200 ? exchange : undefined;
  };
}

/** Asks for the first page of a collection, with as many items as the document allows. */
export function wholePage(operation: Operation): Ask {
  return pageOf(operation, operation.paging?.maxSize);
}

/** Asks for so few items per page that other pages follow. */
export function shortPage(operation: Operation): Ask {
  return pageOf(operation, FEW);
}

function pageOf({ paging }: Operation, size: number | undefined): Ask {
  const { sizeParameter } = paging ?? {};
  if (sizeParameter === undefined || size === undefined) return { name: 'as required, no more' };
  return { name: `${sizeParameter}=${size}`, query: [[sizeParameter, String(size)]] };
}

/** The Accept header for an operation that answers with anything but plain JSON, for which the client sets it. */
function accepting({ responses }: Operation): Record<string, string> {
  const types = responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
  if (types.length === 0 || types.some((type) => essence(type) === 'application/json')) return {};
  return { accept: [...new Set([...types, PROBLEM])].join(', ') };
}

function given(parameter: Parameter, ask: Ask): boolean {
  if (parameter.in === 'path') return ask.path?.[parameter.name] !== undefined;
  if (parameter.in === 'header') return ask.headers?.[parameter.name] !== undefined;
  return ask.query?.some(([name]) => name === parameter.name) ?? false;
}

// The client's methods take path parameters in the order of the path.
function inOrder(operation: Operation, values: Readonly<Record<string, string>>): Record<string, string> {
  const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
}

function advice(parameter: Parameter): string {
  const placeholder = camelCase(parameter.name).toUpperCase();
  return `give one with --id ${parameter.name}=${placeholder}`;
}

/** Statuses of a successful request, including a redirect that the document declares. */
function successes({ responses }: Operation): string[] {
  return ['2XX', ...responses.map(({ status }) => status).filter((status) => status.startsWith('3'))];
}
