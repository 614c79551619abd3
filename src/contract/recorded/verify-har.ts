import { dirname } from 'node:path';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { LeftOut } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Judgement } from '../model/verdict.js';
import { answerOf, requestOf } from './har/read-entry.js';
import { readEntries } from './har/read-har.js';
import { judgeRouted, routeRecorded } from './judge-recorded.js';

/** What recorded traffic came to. */
export interface Verified {
  exchanges: Exchange[];
  /** What rules had to say of them. */
  judgements: Judgement[];
  /** Requests that no operation of the document has, as `GET https://…`. */
  unknown: string[];
  /** Requests of the document's operations that can't be judged: no answer came, or the recorder did not keep all of it. */
  leftOut: LeftOut[];
}

/**
 * Holds the entries of a HAR file (HTTP Archive 1.2) against the rules on single answers.
 *
 * @throws CannotRun when the file can't be read or is no HAR.
 */
export async function verifyHar(file: string, contract: Contract, rules: readonly Rule[]): Promise<Verified> {
  const result: Verified = { exchanges: [], judgements: [], unknown: [], leftOut: [] };
  for (const entry of await readEntries(file)) {
    const asked = requestOf(entry);
    if (!asked) {
      result.leftOut.push({ request: 'an entry', reason: 'it has no request with method and URL' });
      continue;
    }
    const request = nameOf(asked);
    const route = routeRecorded(contract, asked);
    if (!route) {
      result.unknown.push(request);
      continue;
    }
    const response = await answerOf(entry, asked.method, dirname(file));
    if ('reason' in response) {
      result.leftOut.push({ request, reason: response.reason });
      continue;
    }
    const judged = judgeRouted(contract, rules, { ...asked, response }, route, result.exchanges.length + 1);
    result.exchanges.push(judged.exchange);
    result.judgements.push(...judged.judgements);
  }
  return result;
}

/** Without its query, which may hold secrets. */
function nameOf({ method, url }: { method: string; url: string }): string {
  return `${method.toUpperCase()} ${url.replace(/[?#].*$/s, '')}`;
}
