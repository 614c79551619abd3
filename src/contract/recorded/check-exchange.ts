import { types } from 'node:util';
import { vendoredDocument } from '../../document/index.js';
import { type Check, checkAll, trueOrFalse } from '../../testing/check-options.js';
import { readText } from '../exchange/read-answer.js';
import type { Contract } from '../model/contract.js';
import type { WireResponse } from '../model/exchange.js';
import { rules } from '../rules.js';
import { aContract } from '../run/check-options.js';
import { loadContract } from '../schema/load-contract.js';
import { judgeRecorded } from './judge-recorded.js';

/** A request and its answer, from a fixture, a mock or an interceptor. */
export interface CheckableExchange {
  /** Default GET. */
  method?: string;
  /** Absolute URL, or a path with query. The base path of any server of the document may stand before it. */
  url: string;
  status: number;
  /** Headers of the answer. */
  headers: Headers | Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  /** Body of the answer: its text, its bytes (a Buffer, a typed array, an ArrayBuffer), or the value that it holds as JSON. */
  body?: unknown;
  /** Headers of the request, where they are known: the version that was asked for is held against the one that answered. */
  requestHeaders?: Readonly<Record<string, string>>;
}

/** A rule broken by an exchange. */
export interface ContractViolation {
  /** Name of the rule, for `--explain`. */
  rule: string;
  /** Id of the operation; undefined when the document has none for the request. */
  operation: string | undefined;
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  expected: string;
  found: string;
  /** Place in the document, as JSON pointer. */
  pointer: string | undefined;
}

export interface CheckExchangeOptions {
  /** OpenAPI document (its file, or read already). Default: the one of this package. */
  contract?: string | Contract;
  /** Count allowed drift, such as an unknown field, as violation. Default false. */
  strict?: boolean;
}

/** Every option has its check: one that is forgotten doesn't compile. */
const CHECKS: Readonly<Record<keyof CheckExchangeOptions, Check>> = {
  contract: (value) =>
    typeof value === 'string' || !aContract(value) ? undefined : `a file, or ${aContract(value)}`,
  strict: trueOrFalse,
};

const contracts = new Map<string, Promise<Contract>>();

/**
 * Holds one exchange against the document: status, media type, headers, body, problem details. Empty when it conforms.
 *
 * @throws DocumentError when the document can't be read.
 * @throws TypeError or RangeError that names an option which there isn't, or whose value is wrong.
 * @example
 * const violations = await checkExchange({ url: '/evse_makes', status: 200, headers, body });
 */
export async function checkExchange(
  exchange: CheckableExchange,
  options: CheckExchangeOptions = {},
): Promise<ContractViolation[]> {
  checkAll('', options, CHECKS);
  const contract = await contractFrom(options.contract ?? vendoredDocument());
  const { method = 'GET', url, status, headers, body, requestHeaders = {} } = exchange;
  const response = { status, headers: new Headers(headers as HeadersInit), ...textOf(body) };
  const judged = judgeRecorded(contract, rules, { method, url, requestHeaders, response });
  if (!judged) {
    return [
      {
        rule: 'operation-declared',
        operation: undefined,
        where: 'request',
        expected: 'a method and path of the document',
        found: `${method.toUpperCase()} ${url}`,
        pointer: '#/paths',
      },
    ];
  }
  return judged.judgements
    .flatMap(({ findings }) => findings)
    .filter(({ note }) => options.strict || !note)
    .map(({ rule, operation, where, expected, found, pointer }) => ({
      rule,
      operation,
      where,
      expected,
      found,
      pointer,
    }));
}

function textOf(body: unknown): Pick<WireResponse, 'body' | 'malformedText'> {
  if (body === undefined) return { body: '' };
  if (typeof body === 'string') return { body };
  return types.isAnyArrayBuffer(body) || ArrayBuffer.isView(body)
    ? readText(body)
    : { body: JSON.stringify(body) };
}

function contractFrom(given: string | Contract): Promise<Contract> | Contract {
  if (typeof given !== 'string') return given;
  let contract = contracts.get(given);
  if (!contract) {
    contract = loadContract(given);
    // A document that couldn't be read may be there the next time.
    contract.catch(() => contracts.delete(given));
    contracts.set(given, contract);
  }
  return contract;
}
