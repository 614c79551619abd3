import { readFile } from 'node:fs/promises';
import { isObject, readFailure } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import { parseJson } from '../exchange/read-answer.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Judgement } from '../model/verdict.js';
import { judgeRecorded, type RecordedExchange } from './judge-recorded.js';

const ADVICE =
  "verify takes a HAR file of recorded traffic: save one from the network panel of a browser's developer tools " +
  "('Save all as HAR with content'), or record it with Playwright's recordHar.";

/** What recorded traffic came to. */
export interface Verified {
  exchanges: Exchange[];
  /** What rules had to say of them. */
  judgements: Judgement[];
  /** Requests that no operation of the document has, as `GET https://…`. */
  unknown: string[];
  /** Entries without an answer, or whose body the recorder left out. */
  skipped: string[];
}

/**
 * Holds the entries of a HAR file (HTTP Archive 1.2) against the rules on single answers.
 *
 * @throws CannotRun when the file can't be read or is no HAR.
 */
export async function verifyHar(file: string, contract: Contract, rules: readonly Rule[]): Promise<Verified> {
  const result: Verified = { exchanges: [], judgements: [], unknown: [], skipped: [] };
  for (const entry of await readEntries(file)) {
    const recorded = readEntry(entry);
    if (typeof recorded === 'string') {
      result.skipped.push(recorded);
      continue;
    }
    const judged = judgeRecorded(contract, rules, recorded, result.exchanges.length + 1);
    if (!judged) {
      result.unknown.push(`${recorded.method} ${recorded.url}`);
      continue;
    }
    result.exchanges.push(judged.exchange);
    result.judgements.push(...judged.judgements);
  }
  return result;
}

async function readEntries(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CannotRun(`${file} can't be read: ${readFailure(cause)}\n${ADVICE}`, { cause });
  });
  const json = parseJson(text);
  if (!json) throw new CannotRun(`${file} is no JSON.\n${ADVICE}`);
  const har = json.value;
  const log = isObject(har) && isObject(har.log) ? har.log : {};
  if (!Array.isArray(log.entries))
    throw new CannotRun(`${file} is no HAR file: it has no log.entries.\n${ADVICE}`);
  return log.entries;
}

/** An entry as an exchange, or why it is none. */
function readEntry(entry: unknown): RecordedExchange | string {
  const { request, response } = isObject(entry) ? entry : {};
  if (!isObject(request) || !isObject(response)) return 'an entry without request and response';
  const { method, url } = request;
  const name = `${method} ${url}`;
  const status = Number(response.status);
  if (!Number.isInteger(status) || status < 100) return `${name}: no answer`;
  const { content } = response;
  const body = bodyOf(isObject(content) ? content : {});
  if (body === undefined) return `${name}: the recorder left the body out`;
  const post = isObject(request.postData) ? request.postData.text : undefined;
  return {
    method: String(method),
    url: String(url),
    requestHeaders: Object.fromEntries(pairs(request.headers)),
    ...(typeof post === 'string' ? { requestBody: post } : {}),
    response: { status, headers: new Headers(pairs(response.headers)), body },
  };
}

function bodyOf({ text, encoding, size }: Record<string, unknown>): string | undefined {
  if (typeof text !== 'string') return Number(size ?? 0) > 0 ? undefined : '';
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
}

/** What no field value may hold (RFC 9110, section 5.5). */
const NO_FIELD = /[^\t\x20-\x7e\x80-\xff]/g;

// HTTP/2 pseudo headers (`:status`) are no fields.
function pairs(headers: unknown): [string, string][] {
  if (!Array.isArray(headers)) return [];
  return (
    headers
      .filter(isObject)
      // Browsers put several fields of one name (Set-Cookie) into one value, a line each.
      .flatMap(({ name, value }) =>
        String(value)
          .split(/[\r\n]+/)
          .map((line): [string, string] => [String(name), line.replace(NO_FIELD, '')]),
      )
      .filter(([name]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))
  );
}
