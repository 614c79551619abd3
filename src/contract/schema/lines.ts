import { LineCounter, parseDocument } from 'yaml';
import { tokens } from '../../document/index.js';
import type { Contract } from '../model/contract.js';

type Finder = (pointer: string) => number | undefined;

const finders = new WeakMap<Contract, Finder>();

/** The line of the document's file in which a pointer's target stands. */
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
    // A keyword of a reference stands where the reference leads; the deepest part that is there will do.
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
