import { GTE, LTE, PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE } from '../conventions.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Call } from '../resource/call.js';

/** A collection that can be asked for in parts: sorted by a time, which has a lower and an upper bound as filters. */
export interface Range {
  /** The field. */
  readonly field: string;
  /** The filter that bounds the side where the walk begins, inclusively. */
  readonly begin: string;
  /** The filter that bounds the side where it ends, inclusively. */
  readonly end: string;
  /** 1 where the walk goes to later times, -1 where it goes to earlier ones. */
  readonly direction: 1 | -1;
  /** Items a page. */
  readonly pageSize: number;
}

/** @throws ConfigurationError where the collection can't be split, or the call is for a page in its middle */
export function rangeOf(call: Call): Range {
  const { id, range, key, order } = call.operation;
  if (range === undefined || range !== key)
    throw new ConfigurationError(
      `concurrency: ${id} can't be split, for it isn't sorted by a field with ${GTE} and ${LTE} filters; leave concurrency out`,
    );
  const query = queryOf(call);
  const cursor = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER].find((name) => query[name] !== undefined);
  if (cursor)
    throw new ConfigurationError(
      `concurrency: can't be used with ${cursor}; use ${range}${GTE} or ${range}${LTE}`,
    );
  const [begin, end] = order === 'desc' ? [LTE, GTE] : [GTE, LTE];
  return {
    field: range,
    begin: range + begin,
    end: range + end,
    direction: order === 'desc' ? -1 : 1,
    pageSize: Number(query[PAGE_SIZE]) || 1,
  };
}

export function queryOf(call: Call): Readonly<Record<string, unknown>> {
  return typeof call.query === 'object' ? call.query : {};
}

/** The call for what lies between these bounds, as the filters take them. */
export function between(call: Call, range: Range, begin: unknown, end: unknown): Call {
  return { ...call, query: { ...queryOf(call), [range.begin]: begin, [range.end]: end } };
}

export function keyOf(item: unknown, { field }: Range): string {
  return String((item as Record<string, unknown> | undefined)?.[field]);
}
