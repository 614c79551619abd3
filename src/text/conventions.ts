/** Names of parameters and headers that follow this API's conventions. No other file has them. */

/** Query parameter: the reference fields to inline. */
export const EXPAND = 'expand';
/** Query parameter: items per page. */
export const PAGE_SIZE = 'page_size';
/** Query parameter: cursor to the next page. */
export const PAGE_AFTER = 'page_after';
/** Query parameter: cursor to the page before. */
export const PAGE_BEFORE = 'page_before';
/** Query parameter: number of the page, counted from 1. */
export const PAGE_NUMBER = 'page';
/** Query parameters that say which page comes: a cursor, or the page's number. */
export const CURSORS: readonly string[] = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER];
/** Suffix of a filter's inclusive lower bound. */
export const GTE = '__gte';
/** Suffix of a filter's inclusive upper bound. */
export const LTE = '__lte';

/** Request header that pins the version of the API. */
export const VERSION_HEADER = 'evenergy-version';
/** Request header that makes the request in one user's context. */
export const USER_HEADER = 'evenergy-user';
/** Response header: requests that the rolling hour allows. */
export const LIMIT_HEADER = 'x-ratelimit-limit';
/** Response header: how many of them are left. */
export const REMAINING_HEADER = 'x-ratelimit-remaining';
