import { isObject } from '../../document/index.js';
import { parseInstant } from '../../document/values/instant.js';
import { count, show } from '../../text/words.js';
import { difference } from '../exchange/difference.js';
import { compare, keyField, keyOf } from '../exchange/items.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import type { Exchange } from '../model/exchange.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { repeat } from '../scenarios/repeat.js';

/**
 * Milliseconds in which no value changes so often on its own, even if the readings come from two replicas of which one
 * is behind: each shows two values at most.
 */
const SOON = 300;
const OFTEN = 5;

export default ruleOn(repeat, {
  id: 'repeat-agrees',
  group: 'agree',
  title: 'The same request gives the same answer',
  explain:
    'Asked again at once, the same comes again: the same items, order and values. Data changes, so another ' +
    'answer is only a note. Two things are violations: a value that is different in each of several readings ' +
    'within less than a third of a second, and an order that changes and changes back while the items stay. The values ' +
    'of objects without an id stay notes, as they may be measured, counted or made anew for each request, and so ' +
    'do clocks, addresses of which only the query is another, as they may be signed, and what comes to a list or ' +
    'leaves it at its ends.',
  source: 'RFC 9110, section 9.2.1: safe methods',
  check({ exchanges, time }, contract) {
    const [first, second] = exchanges;
    if (!first || !second) return undefined;
    const values = exchanges.map((exchange) => bodyWithoutUnknownFields(contract, exchange));
    const other = difference(values[0], values[1]);
    if (!other) return [];
    const where = `body ${other.path}`;
    const finding: Finding = { where, expected: show(other.a), found: show(other.b), exchange: second };
    const stays = whatStays(exchanges, values);
    const changed = difference(stays[0], stays[1]);
    const shown = changed ? stays.slice(1).map((value) => JSON.stringify(at(value, changed.path))) : [];
    const isAlive = isClock(shown) || isSigned(shown);
    if (changed && time < SOON && new Set(shown).size >= OFTEN && isRecorded(first) && !isAlive) {
      return [
        {
          where: `body ${placeIn(values[1], stays[1], changed.path)}`,
          expected: show(changed.a),
          found: `another value in each of ${count(shown.length, 'reading')}: ${shown.join(', ')}`,
          exchange: second,
        },
      ];
    }
    return [isTurning(exchanges) ? finding : { ...finding, note: true }];
  },
});

/**
 * The readings of a list, without the items that meanwhile entered or left it at its ends, if nothing else happened:
 * each reading is a stretch of the same items in the order of their keys. One of two replicas may be behind, so that a
 * different item comes first each time.
 */
function whatStays(exchanges: readonly Exchange[], values: readonly unknown[]): readonly unknown[] {
  const orders = exchanges.map((exchange) => orderOf(exchange) ?? []);
  const all = [...new Set(orders.flat())].sort(compare);
  const isStretch = (order: readonly string[]) => {
    const keys = [...order].sort(compare);
    const start = all.indexOf(keys[0] ?? '');
    return keys.every((key, index) => all[start + index] === key);
  };
  const stay = new Set(all.filter((key) => orders.every((order) => order.includes(key))));
  if (stay.size === 0 || !orders.every(isStretch)) return values;
  return values.map((value, reading) =>
    Array.isArray(value) ? value.filter((_, index) => stay.has(orders[reading]?.[index] ?? '')) : value,
  );
}

/** The path in the whole list of something whose path in a part of the list is given. */
function placeIn(whole: unknown, part: unknown, path: string): string {
  if (!Array.isArray(whole) || !Array.isArray(part)) return path;
  return path.replace(/^\/(\d+)/, (_, index) => `/${whole.indexOf(part[Number(index)])}`);
}

/** Whether an answer shows something stored under a key, rather than something measured, counted or made on request. */
function isRecorded({ operation, json }: Exchange): boolean {
  const key = operation.collection?.key ?? 'id';
  const objects = [json?.value].flat().filter(isObject);
  return objects.length > 0 && objects.every((object) => object[key] !== undefined);
}

/** Whether the readings, as JSON, are moments of which each is later than the one before. */
function isClock(readings: readonly (string | undefined)[]): boolean {
  const moments = readings.map((text) => parseInstant((text ?? '').replaceAll('"', '')));
  return moments.every((moment, index) => moment !== undefined && (moments[index - 1] ?? -1) < moment);
}

/** Whether the readings, as JSON, are addresses that differ in their query alone: those for one reader, or for a while. */
function isSigned(readings: readonly (string | undefined)[]): boolean {
  const places = readings.map((text) => {
    const address = (text ?? '').slice(1, -1);
    return URL.canParse(address) && address.includes('?') ? address.split('?', 1)[0] : undefined;
  });
  return !places.includes(undefined) && new Set(places).size === 1;
}

/** Whether a list keeps its items, but alternates between two orders. */
function isTurning(exchanges: readonly Exchange[]): boolean {
  const orders = exchanges.map(orderOf);
  const members = new Set(orders.map((order) => order && [...order].sort().join()));
  const spellings = orders.map((order) => order?.join());
  const turns = spellings.filter((order, index) => index > 0 && order !== spellings[index - 1]).length;
  return !orders.includes(undefined) && members.size === 1 && new Set(spellings).size === 2 && turns > 2;
}

function orderOf({ operation, json }: Exchange): string[] | undefined {
  const items = Array.isArray(json?.value) ? json.value.filter(isObject) : [];
  const field = keyField(operation, items);
  return items.length === 0 || field === undefined ? undefined : items.map((item) => keyOf(item, field));
}

function at(value: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((current, name) => {
      if (Array.isArray(current)) return current[Number(name)];
      return isObject(current) ? current[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
    }, value);
}
