import { isObject, type Operation } from '../../document/index.js';
import { difference } from '../exchange/difference.js';
import { type Item, itemsOfAnswer, keyField, keyOf, sharedMoments } from '../exchange/items.js';
import { requestKey } from '../exchange/session.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/violation.js';

/**
 * Keeps track of what can't be compared directly: values that change on their own during a run (the same request got a
 * different answer later), and items that no key tells apart.
 */
export class Moving {
  readonly #answers = new Map<string, Exchange>();
  readonly #fields = new Set<string>();
  readonly #collections = new Set<Operation>();
  readonly #shared = new Map<Operation, ReadonlySet<string>>();

  /** Takes in answers, in the order they came. */
  observe(exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) {
      if (exchange.response.status !== 200 || exchange.probe.method !== 'GET') continue;
      const key = requestKey(exchange.probe);
      const before = this.#answers.get(key);
      if (before && before.response.body !== exchange.response.body)
        this.#values(exchange.operation, '', before.json?.value, exchange.json?.value);
      this.#answers.set(key, exchange);
      const shared = this.momentsSharedIn(exchange.operation);
      this.#shared.set(exchange.operation, new Set([...shared, ...sharedBy(exchange)]));
    }
  }

  /** Forgets the answers so far, because later differences may be caused by the run itself. */
  forget(): void {
    this.#answers.clear();
  }

  /** Whether a finding is about a field that changes on its own. */
  concerns({ where, field }: Finding): boolean {
    const names = where.startsWith('body ') ? where.slice(5).split('/') : [];
    return [...names, field ?? ''].some((name) => this.#fields.has(name));
  }

  /** Whether items enter or leave the operation's collection. */
  comesAndGoes(operation: Operation): boolean {
    return this.#collections.has(operation);
  }

  /**
   * Moments that are the key of several items of the operation's collection. For these the document says neither which
   * item an address or a cursor means, nor their order.
   */
  momentsSharedIn(operation: Operation): ReadonlySet<string> {
    return this.#shared.get(operation) ?? new Set();
  }

  #values(operation: Operation, name: string, a: unknown, b: unknown): void {
    if (isObject(a) && isObject(b)) {
      for (const member of new Set([...Object.keys(a), ...Object.keys(b)]))
        this.#values(operation, member, a[member], b[member]);
    } else if (isItems(a) && isItems(b)) this.#items(operation, name, a, b);
    else if (difference(a, b)) this.#fields.add(name);
  }

  #items(operation: Operation, name: string, a: readonly Item[], b: readonly Item[]): void {
    const field = keyField(operation, [...a, ...b]);
    const before = new Map(a.map((item) => [keyOf(item, field), item]));
    const same = b.filter((item) => before.has(keyOf(item, field)));
    for (const item of same) this.#values(operation, name, before.get(keyOf(item, field)), item);
    if (same.length === a.length && same.length === b.length) return;
    if (name === '') this.#collections.add(operation);
    else this.#fields.add(name);
  }
}

function sharedBy(exchange: Exchange): ReadonlySet<string> {
  const items = itemsOfAnswer(exchange) ?? [];
  return sharedMoments(items, keyField(exchange.operation, items));
}

function isItems(value: unknown): value is Item[] {
  return Array.isArray(value) && value.every(isObject);
}
