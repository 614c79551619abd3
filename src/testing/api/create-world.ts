import { type OpenApiDocument, readOperations } from '../../document/index.js';
import { sampleData } from '../data/index.js';
import { IssuedTokens } from '../oauth/tokens.js';
import type { FakeOptions } from '../options.js';
import { handlerOf } from '../resources/handlers.js';
import { MemoryStore } from '../resources/store.js';
import type { World } from '../world.js';
import { conforming, override } from './behaviours.js';
import { placesOf, versioningOf } from './places.js';
import { RollingHour } from './rate-limit.js';
import { schemasOf } from './schemas.js';

/**
 * Puts together what a fake consists of.
 *
 * @param origin where it listens: the sample data names its own address.
 */
export function createWorld(document: OpenApiDocument, origin: string, options: FakeOptions): World {
  const now = options.now ?? Date.now;
  const operations = readOperations(document);
  const places = placesOf(document, origin, options.linkBase);
  const dataset = (options.data ?? sampleData(options))(places.linkBase);
  const store = new MemoryStore(dataset.tables, operations);
  const limits = typeof options.rateLimit === 'number' ? { limit: options.rateLimit } : options.rateLimit;
  return {
    document,
    operations,
    dataset,
    store,
    places,
    now,
    behaviours: override(conforming, options.behaviours ?? {}),
    handlers: new Map(operations.map((operation) => [operation, handlerOf(operation, { dataset, store })])),
    schemas: schemasOf(document),
    tokens: new IssuedTokens(options.tokenLifetime ?? 36_000, now),
    limiter: new RollingHour(limits ?? {}, now),
    versioning: versioningOf(document, operations),
  };
}
