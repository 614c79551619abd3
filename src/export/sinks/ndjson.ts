import { itemTime } from '../collection/time.js';
import { jsonOf } from '../json.js';
import { fileSink, type Row } from './files.js';
import type { Sink } from './sink.js';

/** Writes files with one JSON object per line, by parent and day: `FOLDER/<parent>/<day>.ndjson`, oldest first. */
export function ndjsonSink(folder: string): Sink {
  return fileSink(folder, {
    extension: 'ndjson',
    read: (bytes, by) =>
      bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Row => {
          const value: unknown = JSON.parse(line);
          return { time: itemTime(value, by), value };
        }),
    write: (rows) => rows.map(({ value }) => `${jsonOf(value)}\n`).join(''),
  });
}
