import { types } from 'node:util';
import { vendoredDocument } from '../../document/index.js';
import { type Check, checkAll, trueOrFalse } from '../../testing/check-options.js';
import { readText } from '../exchange/read-answer.js';
import type { Contract } from '../model/contract.js';
import type { WireResponse } from '../model/exchange.js';
import { aContract } from '../run/check-options.js';
import { loadContract } from '../schema/load-contract.js';

export interface CheckExchangeOptions {
  /** OpenAPI document: its file, or one that was read already. Default: this package's. */
  contract?: string | Contract;
  /** Treat allowed drift, such as an unknown field, as a violation. Default false. */
  strict?: boolean;
}

/** One check per option; forgetting one is a compile error. */
const CHECKS: Readonly<Record<keyof CheckExchangeOptions, Check>> = {
  contract: (value) =>
    typeof value === 'string' || !aContract(value) ? undefined : `a file, or ${aContract(value)}`,
  strict: trueOrFalse,
};

const contracts = new Map<string, Promise<Contract>>();

/**
 * The contract that the options name.
 *
 * @throws TypeError for an unknown option, RangeError for one with a wrong value; the message names it.
 * @throws DocumentError if the document can't be read.
 */
export async function contractFrom(options: CheckExchangeOptions): Promise<Contract> {
  checkAll('', options, CHECKS);
  const { contract: given = vendoredDocument() } = options;
  if (typeof given !== 'string') return given;
  let contract = contracts.get(given);
  if (!contract) {
    contract = loadContract(given);
    // Don't cache a failure: the document may be there next time.
    contract.catch(() => contracts.delete(given));
    contracts.set(given, contract);
  }
  return contract;
}

/** The text of a body given as text, bytes, or the value that it holds. */
export function bodyText(body: unknown): Pick<WireResponse, 'body' | 'malformedText'> {
  if (body === undefined) return { body: '' };
  if (typeof body === 'string') return { body };
  return types.isAnyArrayBuffer(body) || ArrayBuffer.isView(body)
    ? readText(body)
    : { body: JSON.stringify(body) };
}
