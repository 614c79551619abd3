import { CURSORS, GTE, LTE, PAGE_SIZE } from '../../text/conventions.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Call } from '../resource/call.js';

/** How to request a collection in parts: it is sorted by a time that has a lower and an upper bound as filters. */
export interface Range {
  /** Field of the time. */
  readonly field: string;
  /** Filter for the inclusive bound at which the walk begins. */
  readonly begin: string;
  /** Filter for the inclusive bound at which the walk ends. */
  readonly end: string;
  /** 1 if the walk goes towards later times, -1 if towards earlier ones. */
  readonly direction: 1 | -1;
  /** Items per page. */
  readonly pageSize: number;
}

/** @throws ConfigurationError if the collection can't be split, or the call starts at a page in its middle */
export function rangeOf(call: Call): Range {
  const { id, range, key, order } = call.operation;
  if (range === undefined || range !== key)
    throw new ConfigurationError(
      `concurrency: ${id} can't be split, since it isn't sorted by a field with ${GTE} and ${LTE} filters; leave concurrency out`,
    );
  const query = queryOf(call);
  const cursor = CURSORS.find((name) => query[name] !== undefined);
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

/** Narrows the call to what lies between these bounds, as the filters take them. */
export function between(call: Call, range: Range, begin: unknown, end: unknown): Call {
  return { ...call, query: { ...queryOf(call), [range.begin]: begin, [range.end]: end } };
}

export function keyOf(item: unknown, { field }: Range): string {
  return String((item as Record<string, unknown> | undefined)?.[field]);
}
