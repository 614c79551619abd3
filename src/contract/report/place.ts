import { isAbsolute, relative } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { tokens } from '../../document/index.js';
import type { Contract } from '../model/contract.js';

type Finder = (pointer: string) => number | undefined;

const finders = new WeakMap<Contract, Finder>();

/** The line in the document's file that a pointer leads to. */
export function lineOf(contract: Contract, pointer: string): number | undefined {
  let find = finders.get(contract);
  if (!find) {
    find = finder(contract.text);
    finders.set(contract, find);
  }
  return find(pointer);
}

function finder(text: string): Finder {
  if (text === '') return () => undefined;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  return (pointer) => {
    // A reference's keyword is where the reference leads, so fall back to the deepest part that exists here.
    for (let path = tokens(pointer); path.length > 0; path = path.slice(0, -1)) {
      const node = document.getIn(path.map(index), true) as
        | { range?: [number, number, number] | null }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

function index(token: string): string | number {
  return /^\d+$/.test(token) ? Number(token) : token;
}

/** The document's file as it was given; where the machine's own folders lead to it, from the working folder on. */
export function shownFile(name: string): string {
  if (!isAbsolute(name)) return name;
  const here = relative(process.cwd(), name);
  return here.startsWith('..') ? name : here;
}
