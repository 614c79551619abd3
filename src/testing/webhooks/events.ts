import {
  componentName,
  isObject,
  type OpenApiDocument,
  type Operation,
  properties,
  readWebhooks,
  type Webhook,
} from '../../document/index.js';
import { nearest } from '../../text/nearest.js';
import { collectionsOf } from '../made/collections.js';
import type { Maker } from '../made/maker.js';
import type { Resource, Store } from '../resources/resource.js';
import type { Dataset } from '../world.js';
import type { EventMaker, SentEvent } from './delivery.js';

/** The member of an event that holds its resource. */
const DATA = 'data';

/** What events are made from. */
export interface EventSources {
  document: OpenApiDocument;
  operations: readonly Operation[];
  store: Store;
  /** Which resources an event can be about, by its type. */
  about: Dataset['events'];
  maker: Maker;
  seed: string;
}

/** Makes the events that a document describes. */
export class Events implements EventMaker {
  readonly #sources: EventSources;
  readonly #webhooks: readonly Webhook[];

  constructor(sources: EventSources) {
    this.#sources = sources;
    this.#webhooks = readWebhooks(sources.document);
  }

  make(type: string, { data, timestamp }: { data?: unknown; timestamp: string }): SentEvent {
    const { maker, seed } = this.#sources;
    const webhook = this.#webhookOf(type);
    const found = typeof data === 'string' ? this.#existing(data) : (data ?? this.#newest(webhook));
    const pointer = webhook.content?.schemaPointer;
    const wished = { type, timestamp, ...(found === undefined ? {} : { [DATA]: found }) };
    const made =
      pointer === undefined ? {} : maker.make(pointer, { seed: `${seed} ${type}`, fields: wished });
    // Given data is sent as it is, since a test may want it to be wrong.
    return {
      ...(made as Resource | undefined),
      type,
      timestamp,
      data: data === undefined ? (made as Resource)?.[DATA] : found,
    };
  }

  headers(type: string, without: ReadonlySet<string>): Record<string, string> {
    const { maker, seed } = this.#sources;
    const webhook = this.#webhooks.find((one) => one.type === type);
    const own = (webhook?.headers ?? []).filter(({ name }) => !without.has(name.toLowerCase()));
    return Object.fromEntries(
      own.map(({ name, schemaPointer }) => [
        name,
        String(maker.make(schemaPointer, { seed: `${seed} ${name}` }) ?? ''),
      ]),
    );
  }

  #webhookOf(type: string): Webhook {
    const found = this.#webhooks.find((webhook) => webhook.type === type);
    if (found) return found;
    const types = this.#webhooks.map((webhook) => webhook.type);
    const meant = nearest(type, types);
    const there = types.length > 0 ? `there are ${types.join(', ')}` : 'the document describes none';
    throw new TypeError(
      `There is no event '${type}'; ${there}.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`,
    );
  }

  #existing(url: string): Resource {
    const item = this.#sources.store.resolve(url)?.item;
    if (!item) throw new TypeError(`data: the fake has no resource at ${url}`);
    return item;
  }

  /** The newest resource that the event can be about. */
  #newest(webhook: Webhook): Resource | undefined {
    const { document, operations, store } = this.#sources;
    const { schema, schemaPointer } = webhook.content ?? {};
    if (schema === undefined) return undefined;
    const component = kindOf(properties(document, schema, schemaPointer).get(DATA)?.value);
    const collection = collectionsOf(document, operations).find(
      (one) => one.component === component && !one.path.includes('{'),
    );
    if (component === undefined || !collection) return undefined;
    const isFit = this.#sources.about?.[webhook.type] ?? (() => true);
    return store.collection(collection.path, [])?.items.findLast(isFit);
  }
}

/** The component that a schema is, or that it wraps to add a description. */
function kindOf(schema: unknown): string | undefined {
  const [only, ...more] = isObject(schema) && Array.isArray(schema.allOf) ? schema.allOf : [];
  return componentName(schema) ?? (more.length === 0 ? componentName(only) : undefined);
}
