import type { OpenApiDocument } from '../document/index.js';
import type { RateLimit } from './api/rate-limit.js';
import type { SampleOptions } from './data/index.js';
import type { Endpoint, FakeRequest, FakeResponse } from './http/exchange.js';
import type { Client } from './oauth/grant.js';
import type { Call, DatasetSource, Overrides } from './world.js';

/** Changes an answer in place before it is sent. */
export type Tamper = (response: FakeResponse, exchange: TamperContext) => void;

export interface TamperContext {
  readonly request: FakeRequest;
  readonly endpoint: Endpoint;
  /** Present when the request reached an operation of the document. */
  readonly call?: Call;
}

export interface FakeOptions extends SampleOptions {
  /** Port on 127.0.0.1, for `startFake` alone. Default 0: any free one. */
  port?: number;
  /** The OpenAPI document that is served: parsed, as YAML or JSON text, or its file. Default: the one of this package. */
  document?: OpenApiDocument | string | URL;
  /** What is served. Default: the sample data, which fits the document of this package. */
  data?: DatasetSource;
  /** OAuth applications. Default: one, `fake-client`, with all scopes. */
  clients?: readonly Client[];
  /** Requests in a rolling hour. Default 1000, and 50 without a token. */
  rateLimit?: number | RateLimit;
  /** Seconds that access tokens live. Default 36,000. */
  tokenLifetime?: number;
  /** Milliseconds that every answer of the API takes at least. Default 0. */
  latency?: number;
  /** Lets pages of any origin call the fake from a browser (CORS). Default false. */
  cors?: boolean;
  /** Base of the absolute URLs in answers. Default: the fake's own; a static mock would name the live host. */
  linkBase?: string;
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
  /** Behaviours that differ from those of the API. */
  behaviours?: Overrides;
  /** Changes answers before they are sent. */
  tamper?: Tamper;
  /** Whether `requests` is kept. Default true; switch it off for long runs. */
  record?: boolean;
}
