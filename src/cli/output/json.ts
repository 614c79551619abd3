import { jsonOf } from '../../export/json.js';
import { type Io, write } from '../io.js';
import type { Writer } from './writer.js';

/** One JSON text: an array that is written as its items come, or an object. */
export function jsonWriter(io: Io): Writer {
  let before = '[\n';
  return {
    item: async (value) => {
      await write(io, before + jsonText(value, 2).replace(/^/gm, '  '));
      before = ',\n';
    },
    end: () => write(io, before === '[\n' ? '[]\n' : '\n]\n'),
    only: (value) => write(io, `${jsonText(value, 2)}\n`),
  };
}

/** One line for each item. */
export function ndjsonWriter(io: Io): Writer {
  const item = (value: unknown) => write(io, `${jsonText(value)}\n`);
  return { item, end: async () => {}, only: item };
}

/** JSON whose control and invisible characters are escapes: harmless in a terminal, and the same value when parsed. */
function jsonText(value: unknown, indent?: number): string {
  return jsonOf(value, indent).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
