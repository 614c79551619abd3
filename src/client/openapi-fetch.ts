// The one file that imports openapi-fetch, so that another fetcher could take its place.
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
