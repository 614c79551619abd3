import { GTE, LTE, PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE } from '../conventions.js';
import type { OperationRow } from './operation-row.js';

/** Names of the query parameters that an operation takes. */
export function queryNames(row: Pick<OperationRow, 'list' | 'query' | 'range'>): string[] {
  return [...(row.query ? row.query.split(' ') : []), ...impliedNames(row)];
}

/** Query parameters that follow from paging or a range, so that the table needn't name them. */
export function impliedNames({ list, range }: Pick<OperationRow, 'list' | 'range'>): string[] {
  return [
    ...(list === 'cursor' ? [PAGE_SIZE, PAGE_AFTER, PAGE_BEFORE] : []),
    ...(list === 'page' ? [PAGE_SIZE, PAGE_NUMBER] : []),
    ...(range ? [range + GTE, range + LTE] : []),
  ];
}
