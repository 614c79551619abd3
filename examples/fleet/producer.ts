/** Queues what is missing since the last time, and ends. Run it every ten minutes, by cron say. */
import { ndjsonSink, produceExport } from 'ev-energy-client/export';
import { close, ev, redis } from './client.js';

const plan = await produceExport(ev, {
  collection: 'evses.statusLogs',
  since: process.env.SINCE ?? '2026-06-01',
  sink: ndjsonSink(process.env.SINK ?? 'logs'),
  redis,
});
console.log(`${plan.windows} windows of ${plan.parents} EVSEs: about ${plan.requests} requests`);
await close();
