import { declaredResponse, type Operation, properties } from '../../document/index.js';
import { either } from '../../text/words.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Server } from '../model/target.js';
import type { Unable } from '../model/verdict.js';
import type { Finding } from '../model/violation.js';
import { isList, shownSchema } from '../operation/success.js';

/**
 * Compares an answer's status with what its probe expects. Returns findings (none if it is as expected), or why the
 * answer proves nothing. Undefined for an undeclared status, which another rule checks.
 */
export function meetsExpectation(
  exchange: Exchange,
  target: Server,
  contract: Contract,
): Finding[] | Unable | undefined {
  const { probe, response, operation } = exchange;
  if (isOneOf(probe.expect, response.status)) return [];
  const declared = declaredResponse(operation, response.status);
  if (!declared && probe.method === operation.method) return undefined;
  const reason = excuseFor(exchange, target, contract) ?? conflict(exchange);
  if (reason !== undefined) return { state: 'not-covered', reason };
  const isNote = isOneOf(probe.noted ?? [], response.status);
  return [
    {
      where: 'status',
      expected: either(probe.expect),
      found: String(response.status),
      pointer: declared?.pointer,
      ...(isNote ? { note: true as const } : {}),
    },
  ];
}

function isOneOf(statuses: readonly string[], status: number): boolean {
  return statuses.some((wanted) => wanted === String(status) || wanted === `${String(status)[0]}XX`);
}

/** No document promises an object's state: a correct request may come at the wrong time. */
function conflict({ probe, response, operation }: Exchange): string | undefined {
  const isDeclared = operation.responses.some(({ status }) => status === '409');
  if (response.status !== 409 || !isDeclared || probe.breaks !== undefined) return undefined;
  return '409: what is asked for does not fit the state that the object is in';
}

/**
 * Why a refusal proves nothing: the ids are only the document's, the token lacks the scope, or the requested thing may
 * not exist.
 */
export function excuseFor(
  { probe, response, operation }: Exchange,
  target: Server,
  contract: Contract,
): string | undefined {
  if (response.status === 429 && !target.own) return 'the rate limit is used up';
  const refused = response.status === 403 || response.status === 404;
  if (!refused) return undefined;
  const first = probe.guessed.find((name) => name !== probe.breaks);
  if (first !== undefined && !target.knowsExamples) {
    return `${response.status}: the document's example for ${first} isn't known here: give one with --id ${first}=…`;
  }
  if (probe.breaks !== undefined) return undefined;
  const granted = target.scopes && operation.scopes.every((scope) => target.scopes?.includes(scope));
  if (response.status === 403 && !granted && !target.own)
    return '403: the token is not granted this operation';
  if (response.status === 404 && !target.own && mayBeMissing(operation, contract))
    return `404: nothing says that there is one below each ${[...Object.keys(probe.path)].at(-1)}`;
  return undefined;
}

/**
 * Whether an object need not have what is asked for below it, such as `/users/{user_id}/payout_method`: one thing, of
 * which the object itself shows nothing. A list is always there, even if it is empty.
 */
function mayBeMissing(operation: Operation, contract: Contract): boolean {
  const [, above, part = ''] = /^(.*\})\/([^/{}]+)$/.exec(operation.path) ?? [];
  const parent = contract.operations.find(({ method, path }) => method === 'GET' && path === above);
  if (operation.method !== 'GET' || !parent || isList(contract, operation)) return false;
  const shown = shownSchema(contract, parent);
  return !shown || !properties(contract.document, shown.value, shown.pointer).has(part);
}
