import { types } from 'node:util';
import { vendoredDocument } from '../../document/index.js';
import { type Check, checkAll, trueOrFalse } from '../../testing/check-options.js';
import { readText } from '../exchange/read-answer.js';
import type { Contract } from '../model/contract.js';
import type { WireResponse } from '../model/exchange.js';
import { aContract } from '../run/check-options.js';
import { loadContract } from '../schema/load-contract.js';

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
 * The contract that the options ask for.
 *
 * @throws TypeError or RangeError that names an option which there isn't, or whose value is wrong.
 * @throws DocumentError when the document can't be read.
 */
export async function contractFrom(options: CheckExchangeOptions): Promise<Contract> {
  checkAll('', options, CHECKS);
  const { contract: given = vendoredDocument() } = options;
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

/** The text of a body that was given as text, as bytes, or as the value that it holds. */
export function textOf(body: unknown): Pick<WireResponse, 'body' | 'malformedText'> {
  if (body === undefined) return { body: '' };
  if (typeof body === 'string') return { body };
  return types.isAnyArrayBuffer(body) || ArrayBuffer.isView(body)
    ? readText(body)
    : { body: JSON.stringify(body) };
}
