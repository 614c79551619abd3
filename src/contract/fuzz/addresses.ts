import { isObject, type Operation, parseJson } from '../../document/index.js';
import type { Exchange } from '../model/exchange.js';
import type { Session } from '../model/session.js';
import { listAbove, readerBelow } from '../operation/around.js';
import { bodyValues, jsonBody } from '../probe/request-body.js';

/** Addresses that fields hold, by the fields' names. */
export type FieldAddresses = ReadonlyMap<string, readonly string[]>;

/** The addresses of a server's objects that are known: nobody can tell what a made-up one would lead to. */
export class Addresses {
  readonly #read: readonly Exchange[];
  readonly #session: Session;
  readonly #known: ReadonlySet<string>;

  /** @param read what the server has answered. */
  constructor(read: readonly Exchange[], session: Session) {
    this.#read = read.filter(({ response }) => response.status === 200);
    this.#session = session;
    const { operations } = session.contract;
    const examples = session.target.knowsExamples
      ? operations.map((operation) => this.#examples(operation))
      : [];
    const shown = [...this.#read.map(({ json }) => json?.value), ...examples];
    this.#known = new Set([...addressesIn(shown)].map(([, url]) => url));
  }

  /**
   * Those that a body can hold: what was shown in the same fields, where what the operation writes is read, and what the
   * document's examples of the body have.
   */
  of(operation: Operation): FieldAddresses {
    const { contract } = this.#session;
    const { path } = operation;
    const same = contract.operations.find((other) => other.method === 'GET' && other.path === path);
    const readers = [same, readerBelow(contract, path), listAbove(contract, path)];
    const read = this.#read.filter((exchange) => readers.includes(exchange.operation));
    const shown = [...read.map(({ json }) => json?.value), ...this.#examples(operation)];
    const found = new Map<string, Set<string>>();
    for (const [field, url] of addressesIn(shown)) {
      const urls = found.get(field) ?? new Set();
      found.set(field, urls.add(url));
    }
    return new Map([...found].map(([field, urls]) => [field, [...urls]]));
  }

  /** Whether a body holds an address that isn't known. */
  lacksOne(body: string): boolean {
    return [...addressesIn(parseJson(body)?.value)].some(([, url]) => !this.#known.has(url));
  }

  #examples(operation: Operation): unknown[] {
    const media = jsonBody(operation);
    return media ? bodyValues(this.#session.contract, media) : [];
  }
}

/** The addresses in a value and what it holds, each with its field. */
function* addressesIn(value: unknown, field = ''): Generator<readonly [field: string, url: string]> {
  if (typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value)) yield [field, value];
  if (Array.isArray(value)) for (const one of value) yield* addressesIn(one, field);
  if (isObject(value)) for (const [name, one] of Object.entries(value)) yield* addressesIn(one, name);
}
