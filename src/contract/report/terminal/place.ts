import { inert } from '../../../text/words.js';
import { breakWords, wrap } from '../../../text/wrap.js';
import type { Contract } from '../../model/contract.js';
import { lineOf, shownFile } from '../place.js';

/**
 * A place in the document, in a form that people can open: `openapi/ev-energy-v2.yaml:841 #/components/…`, wrapped into
 * lines. File names are never broken.
 */
export function placeLines(contract: Contract, pointer: string, width: number): string[] {
  const line = lineOf(contract, pointer);
  const name = inert(shownFile(contract.name));
  const place = breakWords(inert(pointer), width);
  return wrap(line === undefined ? place : `${name}:${line} ${place}`, width).split('\n');
}
