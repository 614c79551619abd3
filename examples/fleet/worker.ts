/**
 * Works on what the producer queues, until it is told to end. Start it on any number of machines, and kill it at will.
 */
import { ndjsonSink, workOnExport } from 'ev-energy-client/export';
import { close, ev, redis } from './client.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

console.log('works');
// A folder that all machines share; or a function that writes into a database.
const sink = ndjsonSink(process.env.SINK ?? 'logs');
await workOnExport(ev, { collection: 'evses.statusLogs', sink, redis, signal: stop.signal });
await close();
