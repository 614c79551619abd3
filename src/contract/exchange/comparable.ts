import { isObject } from '../../document/index.js';
import type { Exchange } from '../model/exchange.js';
import type { Contract } from '../schema/contract.js';
import { unknownFieldsOf } from './unknown-fields.js';

/**
 * The body of an answer without the fields that the document doesn't know. Those may come and go, here or there, and
 * differ from answer to answer: they are drift, which has a rule of its own, and no disagreement.
 */
export function comparable(contract: Contract, exchange: Exchange): unknown {
  const fields = unknownFieldsOf(contract, exchange) ?? [];
  return fields.reduce<unknown>(
    (value, { path }) => without(value, path.split('/').slice(1)),
    exchange.json?.value,
  );
}

/** The first item of a list that shows a field speaks for the others: it goes from all of them. */
function without(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, rest));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, member]) => {
    if (name !== first.replaceAll('~1', '/').replaceAll('~0', '~')) return [[name, member]];
    return rest.length === 0 ? [] : [[name, without(member, rest)]];
  });
  return Object.fromEntries(entries);
}
