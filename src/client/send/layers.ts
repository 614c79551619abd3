import type { TokenSource } from '../auth/token-source.js';
import type { Watch } from '../observe/watch.js';
import type { Fetch } from '../options.js';
import { type Counters, keepQuota } from '../quota/quota.js';
import { authorize } from './authorize.js';
import { type Deprecations, warnOfDeprecation } from './deprecation.js';
import { expectMock } from './expect-mock.js';
import { observe } from './observe.js';
import type { Layer, Send } from './request.js';
import { type RetryPolicy, retry } from './retry.js';
import { limitTime } from './time-limit.js';
import { transport } from './transport.js';
import { type Validation, validate } from './validate.js';

export interface SendSettings {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly tokens: TokenSource | undefined;
  /** Milliseconds that an attempt may take, unless the call sets its own. */
  readonly timeout: number;
  readonly retry: RetryPolicy;
  readonly quota: Counters;
  readonly watch: Watch | undefined;
  readonly validation: Validation | undefined;
  readonly deprecations: Deprecations;
  /** Whether the client is set to call the local mock. */
  readonly mock: boolean;
}

/** The layers between a call and the server, from the call inwards. */
export function layers(settings: SendSettings): Send {
  const { baseUrl, fetch, tokens, timeout, quota, watch, validation, deprecations, mock } = settings;
  return compose(
    warnOfDeprecation(deprecations),
    ...(validation ? [validate(validation)] : []),
    retry(settings.retry, watch),
    authorize(tokens, baseUrl, timeout),
    keepQuota(quota),
    ...(watch ? [observe(watch)] : []),
    limitTime(timeout),
    ...(mock ? [expectMock()] : []),
  )(transport(fetch));
}

/** Combines layers into one; the first is the outermost. */
function compose(...all: readonly Layer[]): Layer {
  return (innermost) => all.reduceRight((next, layer) => layer(next), innermost);
}
