export { ExportError, exportCollection, planExport } from './export-collection.js';
export type { ExportOptions, ExportPlan, ExportProgress, ExportResult } from './options.js';
export { csvSink } from './sinks/csv.js';
export { ndjsonSink } from './sinks/ndjson.js';
export type { Batch, Sink } from './sinks/sink.js';
