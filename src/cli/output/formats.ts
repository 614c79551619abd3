import { inertLines } from '../../text/words.js';
import { type Io, write } from '../io.js';
import { csvWriter } from './csv.js';
import { jsonWriter, ndjsonWriter } from './json.js';
import { tableWriter } from './table.js';
import type { Writer } from './writer.js';

export const FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;

export type Format = (typeof FORMATS)[number];

const WRITERS: Readonly<Record<Format, (io: Io) => Writer>> = {
  table: tableWriter,
  json: jsonWriter,
  ndjson: ndjsonWriter,
  csv: csvWriter,
};

export function writerFor(format: Format, io: Io): Writer {
  const writer = WRITERS[format](io);
  return {
    ...writer,
    only: async (value) => {
      // Files and texts are written as they are.
      if (value instanceof Uint8Array) await write(io, value);
      else if (typeof value === 'string') await write(io, forTerminal(io, value));
      else if (Array.isArray(value)) {
        for (const item of value) await writer.item(item);
        await writer.end();
      } else await writer.only(value);
    },
  };
}

/** Escapes control characters for a terminal, which would obey them. */
function forTerminal(io: Io, text: string): string {
  return io.stdout.isTTY ? `${inertLines(text.replaceAll('\r\n', '\n'))}\n` : text;
}
