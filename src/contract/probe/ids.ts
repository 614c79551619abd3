import { isObject, type Operation, type Parameter, pathAbove } from '../../document/index.js';
import { nearest } from '../../text/nearest.js';
import { CannotRun } from '../errors.js';
import { addressField, textOf } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Known } from '../model/session.js';
import { isList } from '../operation/success.js';
import { either } from '../text/words.js';
import { exampleOf, plainText } from './values.js';

/** Lists a collection without further parameters, at most once. Undefined if that isn't possible. */
export type Lister = (operation: Operation) => Promise<Exchange | undefined>;

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
   * Ids of items that are everywhere by now and will be for some time: the newest of a list may not be, nor the oldest.
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
    const listed = exchange && listedId(exchange, collection, parameter.name, this.#which);
    const existing = listed ?? known?.(parameter);
    return existing === undefined ? this.of(parameter) : { value: existing, guessed: false };
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

/** @throws CannotRun if an id's name is no parameter of the document, since it would have no effect. */
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

function listedId(
  exchange: Exchange,
  collection: Operation,
  parameter: string,
  which: 'first' | 'middle',
): string | undefined {
  const items = Array.isArray(exchange.json?.value) ? exchange.json.value : [];
  const isRolling = which === 'middle' && collection.collection?.order === 'descending';
  const first = items[isRolling ? Math.floor(items.length / 2) : 0];
  if (!isObject(first)) return undefined;
  const field = addressField(first, collection.collection?.key, parameter);
  return field === undefined ? undefined : textOf(first[field]);
}
