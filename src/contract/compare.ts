import type { Operation } from '../document/index.js';
import type { Budget } from './budget.js';
import { clientTransport } from './client-transport.js';
import type { Contract } from './contract.js';
import { NotCovered } from './faults.js';
import { Ids, requireKnownIds } from './ids.js';
import { essence } from './media.js';
import type { Exchange } from './model.js';
import { type Ask, wholePage } from './probe.js';
import { Session } from './session.js';
import { shapeDifferences, shapeOf } from './shape.js';
import type { Target } from './targets/target.js';

/** A place in which the answers of two servers differ. */
export interface Difference {
  operation: Operation;
  /** What was asked. */
  asked: string;
  where: string;
  a: string;
  b: string;
}

export interface Comparison {
  differences: Difference[];
  /** Requests that both servers answered. */
  compared: number;
  /** Operations that could not be asked of both, with the reason. */
  uncompared: { operation: Operation; reason: string }[];
}

export interface CompareOptions {
  contract: Contract;
  operations: readonly Operation[];
  targets: readonly [Target, Target];
  budgets: readonly [Budget, Budget];
  ids: ReadonlyMap<string, string>;
  timeout: number;
}

/** Headers that say something of the moment, not of the server's contract. */
const PASSING = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'etag',
  'age',
]);

/** Asks two servers the same and compares the shape of their answers: statuses, media types, headers, fields and types. */
export async function compareServers(options: CompareOptions): Promise<Comparison> {
  const { contract, operations, targets, budgets, ids, timeout } = options;
  requireKnownIds(contract, ids);
  const session = (index: 0 | 1) =>
    new Session(contract, targets[index], clientTransport(contract, targets[index].baseUrl, timeout), {
      ids: new Ids(contract, ids),
      budget: budgets[index],
      timeout,
    });
  const [left, right] = [session(0), session(1)];
  const result: Comparison = { differences: [], compared: 0, uncompared: [] };
  for (const operation of operations) {
    if (operation.method !== 'GET') {
      result.uncompared.push({ operation, reason: 'only safe methods are compared' });
      continue;
    }
    for (const ask of asks(operation)) {
      try {
        const a = await left.get(await left.probe(operation, ask));
        const b = await right.get(await right.probe(operation, ask));
        result.compared += 1;
        result.differences.push(...differences(operation, ask.name, a, b));
      } catch (error) {
        if (!(error instanceof NotCovered)) throw error;
        result.uncompared.push({ operation, reason: error.message });
        break;
      }
    }
  }
  return result;
}

/** As required, in a long page, expanded, and wrong on purpose. */
function asks(operation: Operation): Ask[] {
  const { expansion, paging } = operation;
  const paths = expansion?.paths.map((path) => [expansion.parameter, path] as const) ?? [];
  return [
    wholePage(operation),
    ...(paths.length > 0 ? [{ name: `${expansion?.parameter}, all`, query: paths }] : []),
    ...(paging?.sizeParameter
      ? [{ name: `${paging.sizeParameter}=0`, query: [[paging.sizeParameter, '0'] as const] }]
      : []),
    { name: 'without a token', credential: 'none' as const },
  ];
}

function differences(operation: Operation, asked: string, a: Exchange, b: Exchange): Difference[] {
  const found: Omit<Difference, 'operation' | 'asked'>[] = [];
  const compare = (where: string, left: string, right: string) => {
    if (left !== right) found.push({ where, a: left, b: right });
  };
  compare('status', String(a.response.status), String(b.response.status));
  // Answers of different kinds differ in everything else.
  if (found.length === 0) {
    const type = ({ response }: Exchange) => essence(response.headers.get('content-type')) ?? 'missing';
    compare('header content-type', type(a), type(b));
    const names = new Set([...a.response.headers.keys(), ...b.response.headers.keys()]);
    for (const name of [...names].filter((one) => !PASSING.has(one) && one !== 'content-type').sort()) {
      const has = ({ response }: Exchange) => (response.headers.has(name) ? 'there' : 'missing');
      compare(`header ${name}`, has(a), has(b));
    }
    for (const { path, ...types } of shapeDifferences(shapeOf(a.json?.value), shapeOf(b.json?.value))) {
      found.push({ where: `body ${path}`, ...types });
    }
  }
  return found.map((difference) => ({ operation, asked, ...difference }));
}
