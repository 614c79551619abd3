/**
 * Takes collections of a whole fleet out of the API, and keeps them up to date. Node.
 *
 * @module ev-energy-client/export
 */

export { ExportError } from './errors.js';
export { exportCollection, planExport } from './export-collection.js';
export type { ExportOptions, ExportPlan, ExportProgress, ExportResult } from './options.js';
export type { QueueOptions, WorkOptions } from './queue/options.js';
export { csvSink } from './sinks/csv.js';
export { ndjsonSink } from './sinks/ndjson.js';
export { parquetSink } from './sinks/parquet.js';
export type { Batch, Sink } from './sinks/sink.js';
export { exportThroughQueue, planThroughQueue, produceExport, workOnExport } from './through-redis.js';
