import { dirname } from 'node:path';
import { parseJson } from '../../document/index.js';
import { secretsInMembers, secretsOf } from '../exit/find/exchange.js';
import { shownHeaders } from '../exit/names.js';
import { Pauses } from '../exit/pauses.js';
import type { Contract } from '../model/contract.js';
import type { Exchange, WireResponse } from '../model/exchange.js';
import type { LeftOut } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Judgement } from '../model/verdict.js';
import { answerToJudge, besideBodies, cookiesOf, recordedAnswer, requestOf } from './har/read-entry.js';
import { readEntries } from './har/read-har.js';
import { judgeRouted, type RecordedExchange, routeRecorded } from './judge-recorded.js';

/** The most bytes to read of all bodies of a recording: compressed, any number fits into a small file. */
const MOST = 256 * 1024 * 1024;
const TOO_MUCH = `the recording has more than ${MOST / 1024 / 1024} MB of bodies, unpacked: take it in parts`;

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
  /**
   * Secrets in the entries that aren't judged, and outside the bodies of all entries: other entries may repeat them.
   */
  secrets: string[];
}

/**
 * Checks the entries of a HAR file (HTTP Archive 1.2) with the rules on single answers.
 *
 * @throws CannotRun if the file can't be read or isn't a HAR.
 */
export async function verifyHar(file: string, contract: Contract, rules: readonly Rule[]): Promise<Verified> {
  const result: Verified = { exchanges: [], judgements: [], unknown: [], leftOut: [], secrets: [] };
  const shown = shownHeaders(contract);
  // One by one: there may be more than a function can be called with.
  const learn = (secrets: readonly string[]) => {
    for (const secret of secrets) result.secrets.push(secret);
  };
  const unpacked = { bytes: 0 };
  const folder = dirname(file);
  const pauses = new Pauses();
  for (const entry of await readEntries(file)) {
    await pauses.pause();
    const asked = requestOf(entry);
    learn([...cookiesOf(entry), ...secretsInMembers(besideBodies(entry))]);
    if (!asked) {
      result.leftOut.push({ request: 'an entry', reason: 'it has no request with method and URL' });
      continue;
    }
    const request = nameOf(asked);
    const route = routeRecorded(contract, asked);
    const { method } = asked;
    const response =
      unpacked.bytes > MOST ? { reason: TOO_MUCH } : await answerToJudge(entry, { method, folder, unpacked });
    if (!route || 'reason' in response) {
      if ('reason' in response && route) result.leftOut.push({ request, reason: response.reason });
      else result.unknown.push(request);
      const answer = 'reason' in response ? recordedAnswer(entry) : response;
      learn(secretsIn(asked, answer, shown));
      continue;
    }
    const judged = judgeRouted(contract, rules, { ...asked, response }, route, result.exchanges.length + 1);
    result.exchanges.push(judged.exchange);
    for (const judgement of judged.judgements) result.judgements.push(judgement);
  }
  return result;
}

function secretsIn(
  { method, url, requestHeaders, requestBody }: Omit<RecordedExchange, 'response'>,
  response: WireResponse,
  shown: (name: string) => boolean,
): string[] {
  const request = {
    method,
    url,
    headers: requestHeaders,
    ...(requestBody === undefined ? {} : { body: requestBody }),
  };
  return secretsOf({ number: 0, name: '', request, response, json: parseJson(response.body) }, shown);
}

/** Without the query, which may hold secrets. */
function nameOf({ method, url }: { method: string; url: string }): string {
  return `${method.toUpperCase()} ${url.replace(/[?#].*$/s, '')}`;
}
