import { dirname } from 'node:path';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { LeftOut } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Judgement } from '../model/verdict.js';
import { answerOf, requestOf } from './har/read-entry.js';
import { readEntries } from './har/read-har.js';
import { judgeRouted, routeRecorded } from './judge-recorded.js';

/** The result of checking recorded traffic. */
export interface Verified {
  exchanges: Exchange[];
  /** The results of rules on them. */
  judgements: Judgement[];
  /** Requests that match no operation of the document, as `GET https://…`. */
  unknown: string[];
  /**
   * Requests that can't be judged although the document has their operation: no answer came, or the recorder didn't
   * store all of it.
   */
  leftOut: LeftOut[];
}

/**
 * Checks the entries of a HAR file (HTTP Archive 1.2) with the rules on single answers.
 *
 * @throws CannotRun if the file can't be read or isn't a HAR.
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
    for (const judgement of judged.judgements) result.judgements.push(judgement);
  }
  return result;
}

/** Without the query, which may hold secrets. */
function nameOf({ method, url }: { method: string; url: string }): string {
  return `${method.toUpperCase()} ${url.replace(/[?#].*$/s, '')}`;
}
