import { redactor } from '../exit/redactor.js';
import type { Redactor } from '../model/result.js';
import { rules } from '../rules.js';
import { bodyText, type CheckExchangeOptions, contractFrom } from './given.js';
import { judgeRecorded } from './judge-recorded.js';
import { unjudgedSchemas } from './unjudged.js';

/** A request and its answer, from a fixture, a mock or an interceptor. */
export interface CheckableExchange {
  /** Default GET. */
  method?: string;
  /** Absolute URL, or a path with query. It may contain the base path of any of the document's servers. */
  url: string;
  status: number;
  /** Headers of the answer. */
  headers: Headers | Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  /**
   * Body of the answer: its text, its bytes (a Buffer, a typed array, an ArrayBuffer), or the value that it holds as
   * JSON.
   */
  body?: unknown;
  /** Headers of the request, if known: the requested version is compared with the one that answered. */
  requestHeaders?: Readonly<Record<string, string>>;
}

/** A rule that an exchange breaks, or a fault of the document that prevented the check. */
export interface ContractViolation {
  /** Name of the rule, for `--explain`; or `operation-declared` or `document-fault`. */
  rule: string;
  /** Id of the operation, or name of the webhook; undefined if the document has none for the request. */
  operation: string | undefined;
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  expected: string;
  found: string;
  /** Place in the document, as JSON pointer. */
  pointer: string | undefined;
}

/**
 * Checks an exchange against the document: status, media type, headers, body, problem details. Returns an empty list if
 * it conforms. A schema that can't be compiled accepts anything; if the answer needs one, the result has a
 * `document-fault`. Faults that affect no answer, such as examples that don't fit, come from `documentFaults`.
 *
 * @throws DocumentError if the document can't be read.
 * @throws TypeError for an unknown option, RangeError for one with a wrong value; the message names it.
 * @example
 * const violations = await checkExchange({ url: '/evse_makes', status: 200, headers, body });
 */
export async function checkExchange(
  exchange: CheckableExchange,
  options: CheckExchangeOptions = {},
): Promise<ContractViolation[]> {
  const contract = await contractFrom(options);
  const { method = 'GET', url, status, headers, body, requestHeaders = {} } = exchange;
  const response = { status, headers: new Headers(headers as HeadersInit), ...bodyText(body) };
  const judged = judgeRecorded(contract, rules, { method, url, requestHeaders, response });
  if (!judged) {
    return [
      {
        rule: 'operation-declared',
        operation: undefined,
        where: 'request',
        expected: 'a method and path of the document',
        found: redactor().text(`${method.toUpperCase()} ${url}`),
        pointer: '#/paths',
      },
    ];
  }
  const redact = redactor([], { contract, exchanges: [judged.exchange] });
  const { operation } = judged.exchange;
  const faults = unjudgedSchemas(contract, operation, status).map(({ pointer, message }) => ({
    rule: 'document-fault',
    operation: operation.id,
    where: 'document',
    expected: 'a schema that can be compiled',
    found: redact.text(message),
    pointer,
  }));
  const broken = judged.judgements
    .flatMap(({ findings }) => findings)
    .filter(({ note }) => options.strict || !note)
    .map(({ rule, operation: id, where, expected, found, pointer }) =>
      shown({ rule, operation: id, where, expected, found, pointer }, redact),
    );
  return [...faults, ...broken];
}

/** A violation as it may be shown: without secrets, and harmless. */
export function shown(violation: ContractViolation, redact: Redactor): ContractViolation {
  const { where, expected, found } = violation;
  return {
    ...violation,
    where: redact.text(where),
    expected: redact.text(expected),
    found: redact.found(where, found),
  };
}
