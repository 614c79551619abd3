import { relative } from 'node:path';
import type { Contract } from '../contract.js';
import { lineOf } from '../lines.js';

/** A place in the document as people look it up: `openapi/ev-energy-v2.yaml:841 #/components/…`. */
export function placeOf(contract: Contract, pointer: string): string {
  const line = lineOf(contract, pointer);
  const file = relative(process.cwd(), contract.name);
  const name = file.startsWith('..') ? contract.name : file;
  return line === undefined ? pointer : `${name}:${line} ${pointer}`;
}
