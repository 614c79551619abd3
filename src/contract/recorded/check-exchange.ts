import { rules } from '../rules.js';
import { type CheckExchangeOptions, contractFrom, textOf } from './given.js';
import { judgeRecorded } from './judge-recorded.js';
import { unjudgedSchemas } from './unjudged.js';

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

/** A rule broken by an exchange, or what kept the document from being held against it. */
export interface ContractViolation {
  /** Name of the rule, for `--explain`; else `operation-declared` or `document-fault`. */
  rule: string;
  /** Id of the operation, or name of the webhook; undefined when the document has none for the request. */
  operation: string | undefined;
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  expected: string;
  found: string;
  /** Place in the document, as JSON pointer. */
  pointer: string | undefined;
}

/**
 * Holds one exchange against the document: status, media type, headers, body, problem details. Empty when it conforms.
 * A schema that can't be compiled accepts whatever comes: where one is concerned, that is told as `document-fault`.
 * Faults that concern no answer, as examples that don't fit, are given by `documentFaults`.
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
  const contract = await contractFrom(options);
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
  const { operation } = judged.exchange;
  const faults = unjudgedSchemas(contract, operation, status).map(({ pointer, message }) => ({
    rule: 'document-fault',
    operation: operation.id,
    where: 'document',
    expected: 'a schema that can be compiled',
    found: message,
    pointer,
  }));
  const broken = judged.judgements
    .flatMap(({ findings }) => findings)
    .filter(({ note }) => options.strict || !note)
    .map(({ rule, operation: id, where, expected, found, pointer }) => ({
      rule,
      operation: id,
      where,
      expected,
      found,
      pointer,
    }));
  return [...faults, ...broken];
}
