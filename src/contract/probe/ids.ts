import { isObject, type Operation, type Parameter, pathAbove } from '../../document/index.js';
import { nearest } from '../../text/nearest.js';
import { either } from '../../text/words.js';
import { CannotRun, NotCovered } from '../errors.js';
import { addressField, itemsOfAnswer, textOf } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/probe.js';
import type { Known } from '../model/session.js';
import { listBelow } from '../operation/around.js';
import { isList } from '../operation/success.js';
import { exampleOf, plainText } from './values.js';

/** Lists a collection, with no more parameters than these, at most once. Undefined if that isn't possible. */
export type Lister = (
  operation: Operation,
  named?: Pick<Ask, 'path' | 'query'>,
) => Promise<Exchange | undefined>;

/** Number of items besides the first that are tried, to find one with something below it. */
const OTHERS = 3;

/**
 * Finds values for ids and other parameters: given by `--id`, else from a list operation of the same path, else named
 * by the server itself, else from the document's examples.
 */
export class Ids {
  readonly #contract: Contract;
  readonly #given: ReadonlyMap<string, string>;
  readonly #which: 'first' | 'middle';

  /** @param which item of a list the ids are those of. */
  constructor(
    contract: Contract,
    given: ReadonlyMap<string, string> = new Map(),
    which: 'first' | 'middle' = 'first',
  ) {
    this.#contract = contract;
    this.#given = given;
    this.#which = which;
  }

  /**
   * Ids of items that every replica has by now and will keep for some time, which may not hold for the newest and the
   * oldest of a list.
   */
  lasting(): Ids {
    return new Ids(this.#contract, this.#given, 'middle');
  }

  /** `user_id` also sets the user of `available_for_user_id` and of a header `…-User`. */
  given(parameter: Parameter): string | undefined {
    for (const [id, value] of this.#given) if (isNamed(parameter, id)) return value;
    return undefined;
  }

  /** The value for a parameter that isn't in the path. */
  of(parameter: Parameter): Known | undefined {
    const given = this.given(parameter);
    if (given !== undefined) return { value: given, guessed: false };
    const example = exampleOf(this.#contract, parameter);
    if (example === undefined) return undefined;
    const whole = typeof example === 'object' && example !== null ? { whole: example } : {};
    return { value: plainText(parameter, example), ...whole, guessed: true };
  }

  /** The value for a parameter in the path of an operation, or for one that its query requires. */
  async inAddress(
    operation: Operation,
    parameter: Parameter,
    list?: Lister,
    known?: (parameter: Parameter) => string | undefined,
  ): Promise<Known | undefined> {
    const given = this.given(parameter);
    if (given !== undefined) return { value: given, guessed: false };
    const collection = list && this.collectionOf(operation, parameter.name);
    const exchange = collection && (await list(collection));
    const ids = exchange ? listedIds(exchange, collection, parameter.name, this.#which) : [];
    const listed = list && (await this.#withSomethingBelow(ids, operation, parameter, list));
    const existing = listed ?? known?.(parameter);
    return existing === undefined ? this.of(parameter) : { value: existing, guessed: false };
  }

  /**
   * Of a few ids, the first below which a list shows something, since an empty list can't show a fault; otherwise the
   * first id.
   */
  async #withSomethingBelow(
    ids: readonly string[],
    operation: Operation,
    { name, in: place }: Parameter,
    list: Lister,
  ): Promise<string | undefined> {
    const [first, ...others] = ids;
    const below = others.length > 0 ? listBelow(this.#contract, operation, name) : undefined;
    if (first === undefined || !below) return first;
    for (const id of [first, ...spread(others, OTHERS)]) {
      const named = place === 'path' ? { path: { [name]: id } } : { query: [[name, id] as const] };
      const exchange = await list(below, named).catch(ifNotCovered);
      // What the server refuses for one of them, it refuses for all.
      if (!exchange || itemsOfAnswer(exchange)?.length !== 0) return exchange ? id : first;
    }
    return first;
  }

  /**
   * The operation that lists what a parameter names: `/evses` for `evse_id` in `/evses/{evse_id}/…`, or in a query
   * where there is `/evses/{evse_id}`.
   */
  collectionOf(operation: Operation, parameter: string): Operation | undefined {
    const before = pathAbove(operation.path, parameter) ?? this.#pathOfAll(parameter);
    return this.#contract.operations.find(
      (candidate) =>
        candidate !== operation &&
        candidate.method === 'GET' &&
        candidate.path === before &&
        isList(this.#contract, candidate),
    );
  }

  #pathOfAll(parameter: string): string | undefined {
    const item = this.#contract.operations.find(({ path }) => path.endsWith(`/{${parameter}}`));
    const path = item && pathAbove(item.path, parameter);
    return path?.includes('{') ? undefined : path;
  }
}

/** @throws CannotRun if an id's name isn't a parameter of the document, since it would have no effect. */
export function requireKnownIds(contract: Contract, given: ReadonlyMap<string, string>): void {
  const parameters = contract.operations.flatMap((operation) => operation.parameters);
  const unknown = [...given.keys()].find((id) => !parameters.some((parameter) => isNamed(parameter, id)));
  if (unknown === undefined) return;
  const headers = contract.operations.flatMap(({ headerEffects }) => Object.keys(headerEffects));
  const paths = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const usual = [...paths, ...headers.map((header) => `${header.toLowerCase().split('-').at(-1)}_id`)];
  const similar = nearest(unknown, [...usual, ...parameters.map(({ name }) => name)]);
  const names = [...new Set(usual)];
  const others = names.length === 0 ? 'it has none in a path.' : `give ${either(names)}.`;
  throw new CannotRun(
    `--id: the document has no parameter '${unknown}': ${similar ? `did you mean ${similar}?` : others}`,
  );
}

function isNamed(parameter: Parameter, id: string): boolean {
  const name = parameter.name.toLowerCase().replaceAll('-', '_');
  if (id === parameter.name || name.endsWith(`_${id}`)) return true;
  return parameter.in === 'header' && `${name}_id`.endsWith(`_${id}`);
}

/** @throws any other error */
function ifNotCovered(error: unknown): undefined {
  if (!(error instanceof NotCovered)) throw error;
}

/** The ids that a list shows, the one to take first. */
function listedIds(
  exchange: Exchange,
  collection: Operation,
  parameter: string,
  which: 'first' | 'middle',
): string[] {
  const items = Array.isArray(exchange.json?.value) ? exchange.json.value : [];
  const isRolling = which === 'middle' && collection.collection?.order === 'descending';
  return items.slice(isRolling ? Math.floor(items.length / 2) : 0).flatMap((item) => {
    const field = isObject(item) ? addressField(item, collection.collection?.key, parameter) : undefined;
    return isObject(item) && field !== undefined ? textOf(item[field]) : [];
  });
}

/** The last one, and some in between. */
export function spread(ids: readonly string[], most: number): string[] {
  const step = ids.length / Math.min(most, ids.length);
  return Array.from(
    { length: Math.min(most, ids.length) },
    (_, index) => ids[Math.ceil((index + 1) * step) - 1] ?? '',
  );
}
