import { relative } from 'node:path';
import type { Contract } from '../../model/contract.js';
import { lineOf } from '../../schema/lines.js';
import { breakWords, wrap } from '../../text/wrap.js';

/**
 * A place in the document as people look it up, `openapi/ev-energy-v2.yaml:841 #/components/…`, in lines. The name of a file
 * is never broken: it is there to be opened.
 */
export function placeLines(contract: Contract, pointer: string, width: number): string[] {
  const line = lineOf(contract, pointer);
  const file = relative(process.cwd(), contract.name);
  const name = file.startsWith('..') ? contract.name : file;
  const place = breakWords(pointer, width);
  return wrap(line === undefined ? place : `${name}:${line} ${place}`, width).split('\n');
}
