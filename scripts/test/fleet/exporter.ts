/** An export into files of all kinds, as a separate process, which ends when it is done. */
import { join } from 'node:path';
import { csvSink, exportCollection, ndjsonSink, parquetSink } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';

const { SINK = '', SINCE = '', UNTIL = '' } = process.env;
const ev = new EvEnergy();
process.stdout.write('works\n');
await Promise.all(
  Object.entries({ ndjson: ndjsonSink, csv: csvSink, parquet: parquetSink }).map(([name, sinkInto]) =>
    exportCollection(ev, {
      collection: 'evses.statusLogs',
      since: SINCE,
      until: UNTIL,
      window: 86_400_000,
      cadence: 600,
      concurrency: 2,
      sink: sinkInto(join(SINK, name)),
      journal: join(SINK, `${name}-journal`),
    }),
  ),
);
