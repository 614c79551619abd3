// Only this file imports openapi-fetch, so that another fetcher could replace it.
export type {
  Client,
  ClientMethod,
  FetchOptions,
  FetchResponse,
  MaybeOptionalInit,
  Middleware,
  ParseAs,
} from 'openapi-fetch';
export { createQuerySerializer, default as createClient } from 'openapi-fetch';
