import { isObject, type Operation } from '../../document/index.js';
import { type Contract, declaredResponse } from '../contract.js';
import { NotApplicable, NotCovered } from '../faults.js';
import { type Item, keyField, keyOf } from '../items.js';
import { bodySchema } from '../media.js';
import type { Exchange } from '../model.js';
import { wholePage } from '../probe.js';
import { valueAt } from '../references.js';
import { routeOf } from '../routes.js';
import type { Scenario } from '../rule.js';
import type { Session } from '../session.js';
import { unknownFields } from '../unknown-fields.js';

/** An answer with expansions beside the one without. */
export interface Expanded {
  exchange: Exchange;
  /** The paths that were asked for. */
  paths: readonly string[];
  /** Items (or the one object) without and with the expansions. */
  pairs: readonly Pair[];
  /** Items that the answer with expansions doesn't show, on a server that nobody else writes to. */
  lost: number;
}

export interface Pair {
  key: string;
  plain: Item;
  expanded: Item;
  /** Where it stands in the expanded answer. */
  path: string;
}

export interface Expansions {
  operation: Operation;
  contract: Contract;
  answers: readonly Expanded[];
  /** Inlined objects beside what retrieving them by their URL shows. */
  retrieved: readonly { exchange: Exchange; inlined: Item; shown: Item; path: string }[];
}

/** Asks for each expansion alone and for all of them together, and retrieves one of each kind of inlined object. */
export const expand: Scenario<Expansions> = {
  name: 'expand',
  priority: 2,
  notOnMock: 'the mock expands nothing',
  async play(operation, session) {
    const { expansion } = operation;
    if (!expansion) throw new NotApplicable('the operation has no expansions');
    // A change can be repeated, as often as there are expansions; what adds or deletes can't.
    if (!['GET', 'PUT', 'PATCH'].includes(operation.method))
      throw new NotApplicable('the operation must not be repeated');
    const plainExchange = await session.get(await session.probe(operation, wholePage(operation)));
    const plain = objects(plainExchange);
    if (!plain || plain.length === 0) throw new NotCovered('there is nothing to expand');
    const wanted = [
      ...expansion.paths.map((path) => [path]),
      ...(expansion.paths.length > 1 ? [expansion.paths] : []),
    ];
    // Without any expansion nothing may be put in.
    const answers: Expanded[] = [
      {
        exchange: plainExchange,
        paths: [],
        lost: 0,
        pairs: plain.map((one) => ({ ...one, plain: one.item, expanded: one.item })),
      },
    ];
    for (const paths of wanted) {
      const answer = await ask(operation, session, paths, plain);
      if (answer) answers.push(answer);
    }
    const retrieved = await retrieve(session, answers);
    return { operation, contract: session.contract, answers, retrieved };
  },
};

async function ask(
  operation: Operation,
  session: Session,
  paths: readonly string[],
  plain: readonly Located[],
): Promise<Expanded | undefined> {
  const { name, query = [] } = wholePage(operation);
  const parameter = operation.expansion?.parameter ?? '';
  const pairs = paths.map((path) => [parameter, path] as const);
  const probe = await session.probe(operation, {
    name: `${parameter}=${paths.join(', ')}${query.length > 0 ? `, ${name}` : ''}`,
    query: [...query, ...pairs],
  });
  const exchange = await session.get(probe);
  const expanded = objects(exchange);
  if (!expanded) return undefined;
  // Items may have come in between: those that both answers show are compared.
  const known = new Map(plain.map(({ key, item }) => [key, item]));
  const found = expanded.flatMap(({ key, item, path }): Pair[] => {
    const before = known.get(key);
    return before ? [{ key, plain: before, expanded: item, path }] : [];
  });
  return { exchange, paths, pairs: found, lost: session.target.own ? plain.length - found.length : 0 };
}

interface Located {
  key: string;
  item: Item;
  path: string;
}

/** The objects that an answer shows, with where each stands in the body. */
function objects({ response, json, operation }: Exchange): Located[] | undefined {
  if (response.status !== 200 || !json) return undefined;
  const { value } = json;
  if (isObject(value)) return [{ key: '', item: value, path: '' }];
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  const field = keyField(operation, value);
  return value.map((item, index) => ({
    key: field === undefined ? String(index) : keyOf(item, field),
    item,
    path: `/${index}`,
  }));
}

/** Retrieves the first object of each path that an operation of the document shows. */
async function retrieve(session: Session, answers: readonly Expanded[]): Promise<Expansions['retrieved']> {
  const found: Expansions['retrieved'][number][] = [];
  for (const { exchange, paths, pairs } of answers.filter(({ paths }) => paths.length === 1)) {
    const fields = paths[0]?.split('.') ?? [];
    for (const { expanded, path } of pairs) {
      const inlined = valueAt(expanded, fields);
      const url = isObject(inlined) ? String(inlined.url) : '';
      const source = URL.canParse(url)
        ? routeOf(session.contract, 'GET', new URL(url), [session.target.baseUrl])
        : undefined;
      if (!isObject(inlined) || !source || session.target.fixed(source.operation)) continue;
      const name = `what ${paths[0]} refers to`;
      const answer = await session.get(await session.probe(source.operation, { name, path: source.path }));
      const shown = answer.json?.value;
      if (answer.response.status === 200 && isObject(shown)) {
        const at = `${path}/${fields.join('/')}`;
        const strange = strangers(session, exchange, at).filter((field) => !(field in shown));
        found.push({ exchange, inlined: without(inlined, strange), shown, path: at });
      }
      break;
    }
  }
  return found;
}

/** Fields of an object in an answer that the document doesn't know: either side may show more of those. */
function strangers(session: Session, { operation, response, json }: Exchange, at: string): string[] {
  const declared = declaredResponse(operation, response.status);
  const pointer = declared && bodySchema(declared, response);
  if (pointer === undefined || json === undefined) return [];
  // The first item of a list that shows a field speaks for the others.
  const place = `${inItem(at)}/`;
  return unknownFields(session.contract, pointer, json.value)
    .map(({ path }) => inItem(path))
    .filter((path) => path.startsWith(place))
    .map((path) => path.slice(place.length));
}

function inItem(path: string): string {
  return path.replace(/^\/\d+(?=\/)/, '');
}

function without(item: Item, fields: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !fields.includes(name)));
}

/** The item of a key in another answer. */
export function expandedItem(answer: Expanded | undefined, key: string): Item | undefined {
  return answer?.pairs.find((pair) => pair.key === key)?.expanded;
}
