import { isObject } from '../document/index.js';
import { type Contract, declaredResponse } from './contract.js';
import { bodySchema } from './media.js';
import type { Exchange } from './model.js';
import { unknownFields } from './unknown-fields.js';

const cache = new WeakMap<Exchange, unknown>();

/**
 * The body of an answer without the fields that the document doesn't know. Those may come and go, here or there, and
 * differ from answer to answer: they are drift, which has a rule of its own, and no disagreement.
 */
export function comparable(contract: Contract, exchange: Exchange): unknown {
  if (!cache.has(exchange)) cache.set(exchange, known(contract, exchange));
  return cache.get(exchange);
}

function known(contract: Contract, { operation, response, json }: Exchange): unknown {
  const declared = declaredResponse(operation, response.status);
  const pointer = declared && bodySchema(declared, response);
  if (pointer === undefined || json === undefined) return json?.value;
  const fields = unknownFields(contract, pointer, json.value);
  return fields.reduce((value, { path }) => without(value, path.split('/').slice(1)), json.value);
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
