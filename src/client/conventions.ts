/** Names that are conventional on this API's wire. The client knows them from here and nowhere else. */

/** Reference fields to inline, as a query parameter. */
export const EXPAND = 'expand';
/** Items a page, as a query parameter. */
export const PAGE_SIZE = 'page_size';
/** Cursor to the later page. */
export const PAGE_AFTER = 'page_after';
/** Cursor to the earlier page. */
export const PAGE_BEFORE = 'page_before';
/** Number of the page, counted from 1. */
export const PAGE_NUMBER = 'page';
/** Suffix of a filter's inclusive lower bound. */
export const GTE = '__gte';
/** Suffix of a filter's inclusive upper bound. */
export const LTE = '__lte';

/** Request header that pins the version of the API. */
export const VERSION_HEADER = 'evenergy-version';
/** Request header that gives a request one user's context. */
export const USER_HEADER = 'evenergy-user';
/** Requests that the rolling hour allows. */
export const LIMIT_HEADER = 'x-ratelimit-limit';
/** Requests that are left of them. */
export const REMAINING_HEADER = 'x-ratelimit-remaining';
