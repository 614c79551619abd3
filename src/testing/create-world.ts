import { type OpenApiDocument, type Operation, readOperations, readUploads } from '../document/index.js';
import { conforming, override } from './api/behaviours.js';
import { placesOf, versioningOf } from './api/places.js';
import { problemInstances } from './api/problems/instance.js';
import { RollingHour } from './api/rate-limit.js';
import { schemasOf } from './api/schemas.js';
import { sampleData } from './data/index.js';
import { MadeAnswers } from './made/answers.js';
import { fittingTables, MadeTables } from './made/tables.js';
import { IssuedTokens } from './oauth/tokens.js';
import type { FakeOptions } from './options.js';
import { fittingAnswers, handlerOf } from './resources/handlers.js';
import type { Table } from './resources/resource.js';
import { MemoryStore } from './resources/store.js';
import { Uploads } from './uploads/uploads.js';
import { Events } from './webhooks/events.js';
import type { World } from './world.js';

/**
 * Assembles the parts of a fake.
 *
 * @param origin where it listens: the sample data contains its own address.
 */
export function createWorld(document: OpenApiDocument, origin: string, options: FakeOptions): World {
  const now = options.now ?? Date.now;
  const operations = readOperations(document);
  const schemas = schemasOf(document);
  const places = {
    ...placesOf(document, origin, options.linkBase),
    instanceOf: problemInstances(document, operations, schemas, origin),
  };
  const data = (options.data ?? sampleData(options))(places.linkBase);
  const seed = String(options.seed ?? 1);
  const isOther = options.data === undefined && options.document !== undefined;
  const given = isOther
    ? {
        ...data,
        tables: fittingTables(document, operations, schemas, data.tables),
        answers: fittingAnswers(data.answers),
      }
    : data;
  const tables = new MadeTables({ document, operations, schemas, base: places.linkBase, seed }, given.tables);
  const made = new MadeAnswers({ maker: tables.maker, tables, schemas, seed });
  // Sample data fits this package's document; another one may require more. Data from the caller is served as it is.
  const fit = (table: Table) => {
    if (options.data !== undefined) return table;
    return isOther ? tables.completed(table) : tables.creatable(table);
  };
  const dataset = { ...given, tables: given.tables.map(fit) };
  const store = new MemoryStore([...dataset.tables, ...tables.made()], operations);
  const uploads = new Uploads({ declared: readUploads(document, operations), origin, store, seed });
  const handler = (operation: Operation) => handlerOf(operation, { dataset, store, document, made });
  const lacks = new Map<Operation, string | undefined>();
  const limits = typeof options.rateLimit === 'number' ? { limit: options.rateLimit } : options.rateLimit;
  return {
    document,
    operations,
    dataset,
    store,
    places,
    now,
    schemas,
    fitted: (pointer, value) => tables.maker.fit(pointer, value, seed),
    made: (pointer, fields) =>
      tables.maker.make(pointer, { seed: `${seed} ${JSON.stringify(fields)}`, fields }),
    lackOf: (operation) => {
      if (!lacks.has(operation)) lacks.set(operation, made.lackOf(operation));
      return lacks.get(operation);
    },
    behaviours: override(conforming, options.behaviours ?? {}),
    handlers: new Map(
      operations.map((operation) => [operation, uploads.handlerOf(operation, handler(operation))]),
    ),
    tokens: new IssuedTokens(options.tokenLifetime ?? 36_000, now),
    limiter: new RollingHour(limits ?? {}, now),
    uploads,
    events: new Events({ document, operations, store, about: dataset.events, maker: tables.maker, seed }),
    versioning: versioningOf(document, operations),
  };
}
