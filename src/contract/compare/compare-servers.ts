import { essence, type Operation } from '../../document/index.js';
import { CannotRun, NotCovered } from '../errors.js';
import type { Budget } from '../exchange/budget.js';
import { clientTransport } from '../exchange/client-transport.js';
import { Line } from '../exchange/line.js';
import { TargetSession } from '../exchange/session.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/probe.js';
import type { Target } from '../model/target.js';
import { Ids, requireKnownIds } from '../probe/ids.js';
import { wholePage } from '../probe/make-probe.js';
import { shapeDifferences, shapeOf } from './shape.js';

/** A place where the answers of two servers differ. */
export interface Difference {
  operation: Operation;
  /** What was requested. */
  asked: string;
  where: string;
  a: string;
  b: string;
}

export interface Comparison {
  differences: Difference[];
  /** Requests that both servers answered. */
  compared: number;
  /** Operations that couldn't be called on both, with the reason. */
  uncompared: { operation: Operation; reason: string }[];
  /** Why the comparison ended early; absent if it was completed. */
  incomplete?: string;
}

export interface CompareOptions {
  contract: Contract;
  operations: readonly Operation[];
  targets: readonly [Target, Target];
  budgets: readonly [Budget, Budget];
  ids: ReadonlyMap<string, string>;
  timeout: number;
}

/** Headers about the moment rather than the server's contract. */
const PASSING = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'etag',
  'age',
]);

/**
 * Sends the same requests to two servers and compares the shape of their answers: statuses, media types, headers,
 * fields and types.
 *
 * @throws CannotRun if both refuse the token for all operations that need one, or an id names no parameter.
 */
export async function compareServers(options: CompareOptions): Promise<Comparison> {
  const { contract, operations, targets, budgets, ids, timeout } = options;
  requireKnownIds(contract, ids);
  const session = (index: 0 | 1) =>
    new TargetSession(
      contract,
      targets[index],
      new Line({
        target: targets[index],
        transport: clientTransport(contract, targets[index], timeout),
        budget: budgets[index],
        timeout,
      }),
      { ids: new Ids(contract, ids) },
    );
  const [left, right] = [session(0), session(1)];
  const result: Comparison = { differences: [], compared: 0, uncompared: [] };
  const asked = new Set<Operation>();
  const refused = new Set<Operation>();
  for (const operation of operations) {
    if (operation.method !== 'GET') {
      result.uncompared.push({ operation, reason: 'only safe methods are compared' });
      continue;
    }
    for (const ask of asks(operation)) {
      try {
        const a = await left.get(await left.probe(operation, ask));
        const b = await right.get(await right.probe(operation, ask));
        asked.add(operation);
        if (isRefused(a) && isRefused(b)) {
          refused.add(operation);
          throw new NotCovered(`the token is refused (${statuses(a, b)})`);
        }
        const guessed = a.probe.guessed[0];
        if (guessed !== undefined && a.response.status === 404 && b.response.status === 404)
          throw new NotCovered(
            `neither server knows the document's example for ${guessed}: give one with --id ${guessed}=…`,
          );
        result.compared += 1;
        for (const one of differences(operation, ask.name, a, b)) result.differences.push(one);
      } catch (error) {
        if (!(error instanceof NotCovered)) throw error;
        result.uncompared.push({ operation, reason: error.message });
        break;
      }
    }
  }
  requireAccess(result, asked, refused);
  const cut = left.line.cut ?? right.line.cut;
  return cut === undefined ? result : { ...result, incomplete: cut };
}

/** Two refusals always look alike, which would be mistaken for a pass. */
function requireAccess(
  { compared }: Comparison,
  asked: ReadonlySet<Operation>,
  refused: ReadonlySet<Operation>,
): void {
  const guarded = [...asked].filter((operation) => !operation.public);
  const none = guarded.length > 0 && guarded.every((operation) => refused.has(operation));
  if (!none && (compared > 0 || refused.size === 0)) return;
  throw new CannotRun(
    'Both servers refuse the token for all operations that need one: set EV_ENERGY_ACCESS_TOKEN, or ' +
      'EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, to what they accept (a --target for each server chooses its ' +
      'own variables).',
  );
}

function isRefused({ probe, response: { status } }: Exchange): boolean {
  return probe.credential === 'token' && (status === 401 || status === 403);
}

function statuses(a: Exchange, b: Exchange): string {
  return [...new Set([a.response.status, b.response.status])].join(' and ');
}

/** An ordinary request, a long page, expansions, and a wrong value. */
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
  // If the kinds of answers differ, so does everything else.
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
