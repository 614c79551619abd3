import type { OpenApiDocument } from '../document/index.js';
import type { RateLimit } from './api/rate-limit.js';
import type { SampleOptions } from './data/index.js';
import type { Endpoint, FakeRequest, FakeResponse } from './http/exchange.js';
import type { Client } from './oauth/grant.js';
import type { Call, DatasetSource, Overrides } from './world.js';

/** Changes an answer in place before it is sent. */
export type Tamper = (response: FakeResponse, exchange: TamperContext) => void;

/** What is known of a request when its answer is changed. */
export interface TamperContext {
  readonly request: FakeRequest;
  readonly endpoint: Endpoint;
  /** Present if the request reached an operation of the document. */
  readonly call?: Call;
}

/** Options of `createFake` and `startFake`. All are optional. */
export interface FakeOptions extends SampleOptions {
  /** Port on 127.0.0.1; only for `startFake`. Default 0: any free one. */
  port?: number;
  /**
   * The OpenAPI document to serve: parsed, as YAML or JSON text, or its file by name or URL. A parsed one is read once:
   * a changed document is another object. Default: this package's.
   */
  document?: OpenApiDocument | string | URL;
  /** The data to serve. Default: the sample data, which fits this package's document. */
  data?: DatasetSource;
  /** OAuth applications. Default: one, `fake-client`, with all scopes. */
  clients?: readonly Client[];
  /** Requests per rolling hour. Default 1000, and 50 without a token. */
  rateLimit?: number | RateLimit;
  /** Lifetime of access tokens, in seconds. Default 36,000. */
  tokenLifetime?: number;
  /** Milliseconds that every answer of the API takes at least. Default 0. */
  latency?: number;
  /** Lets pages of any origin call the fake from a browser (CORS). Default false. */
  cors?: boolean;
  /**
   * Base of the absolute URLs in answers. Default: the fake's own; set it to imitate a static mock, which names the
   * live host.
   */
  linkBase?: string;
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
  /** Behaviours to replace. */
  behaviours?: Overrides;
  /** Changes answers before they are sent. */
  tamper?: Tamper;
  /** Whether to keep `requests`. Default true; switch it off for long runs. */
  record?: boolean;
}
