import { pathParameters } from '../../document/index.js';
import { NotCovered } from '../errors.js';
import { addressField, textOf } from '../exchange/items.js';
import type { TargetSession } from '../exchange/session.js';
import type { Exchange } from '../model/exchange.js';
import { GONE } from '../probe/refusal.js';
import { readAnew } from '../scenarios/lists/pages.js';

/** Whether an answer says that there is nothing. */
export function saysGone({ response }: Pick<Exchange, 'response'>): boolean {
  return GONE.includes(String(response.status));
}

/**
 * Whether a list still shows an item that could not be found. The item may have expired since it was listed, or not
 * have reached every replica, so we request it once more, and then list it again.
 */
export async function isStillListed(exchange: Exchange, session: TargetSession): Promise<boolean> {
  const { operation, probe } = exchange;
  const name = pathParameters(operation.path).at(-1);
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const list = parameter && session.ids.collectionOf(operation, parameter.name);
  if (!list || session.ids.given(parameter) !== undefined) return true;
  const { [parameter.name]: id, ...above } = probe.path;
  try {
    await session.settle();
    if (!saysGone(await session.send(probe))) return false;
    const now = await readAnew(list, session, { name: `the list that showed ${id}`, path: above });
    if (!now?.complete) return true;
    const [first] = now.items;
    const field = first && addressField(first, list.collection?.key, parameter.name);
    return field !== undefined && now.items.some((item) => textOf(item[field]) === id);
  } catch (error) {
    if (error instanceof NotCovered) return true;
    throw error;
  }
}
