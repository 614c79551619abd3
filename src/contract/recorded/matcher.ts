import { count } from '../../text/words.js';
import { type CheckableExchange, type ContractViolation, checkExchange } from './check-exchange.js';
import { type CheckableWebhook, checkWebhook } from './check-webhook.js';
import type { CheckExchangeOptions } from './given.js';

/** What vitest and jest expect from a matcher. */
export interface MatcherResult {
  pass: boolean;
  message(): string;
}

/** Options of `toMatchContract`. */
export interface MatchOptions extends CheckExchangeOptions {
  /** Method of the request, which a `Response` doesn't contain. Default GET. */
  method?: string;
  /** URL of the request, if a `Response` was made by hand and has none. */
  url?: string;
}

/**
 * The matchers' types, to be declared where they are used:
 * `declare module 'vitest' { interface Matchers<T> extends ContractMatchers<T> {} }`
 */
export interface ContractMatchers<R = unknown> {
  /** The answer conforms to the OpenAPI document. Asynchronous: `await expect(response).toMatchContract()`. */
  toMatchContract(options?: MatchOptions): Promise<R>;
  /** The webhook conforms to the OpenAPI document. Asynchronous: `await expect(event).toMatchWebhookContract()`. */
  toMatchWebhookContract(options?: CheckExchangeOptions): Promise<R>;
}

/**
 * Matchers for vitest and jest: `expect.extend(contractMatchers)`, then `await expect(response).toMatchContract()`. It
 * takes a `Response`, whose body can still be read afterwards, or what `checkExchange` takes.
 *
 * `toMatchWebhookContract` takes a `Request`, whose body can still be read afterwards, what `checkWebhook` takes, or
 * the event.
 */
export const contractMatchers = {
  async toMatchContract(received: unknown, options: MatchOptions = {}): Promise<MatcherResult> {
    const { method, url, ...rest } = options;
    const exchange = await exchangeOf(received, method, url);
    const violations = await checkExchange(exchange, rest);
    const name = `${exchange.method ?? 'GET'} ${exchange.url} → ${exchange.status}`;
    return resultOf(name, violations);
  },

  async toMatchWebhookContract(
    received: unknown,
    options: CheckExchangeOptions = {},
  ): Promise<MatcherResult> {
    const violations = await checkWebhook(await webhookOf(received), options);
    return resultOf('The webhook', violations);
  },
};

function resultOf(name: string, violations: readonly ContractViolation[]): MatcherResult {
  const lines = violations.map(
    ({ rule, where, expected, found, pointer }) =>
      `  ${where}: expected ${expected}, found ${found} (${rule}${pointer === undefined ? '' : `, ${pointer}`})`,
  );
  return {
    pass: violations.length === 0,
    message: () =>
      violations.length === 0
        ? `${name} matches the contract, and was expected not to`
        : [`${name} has ${count(violations.length, 'violation')} of the contract:`, ...lines].join('\n'),
  };
}

async function webhookOf(received: unknown): Promise<CheckableWebhook> {
  if (received instanceof Request) {
    return { headers: received.headers, body: await received.clone().text() };
  }
  if (typeof received !== 'object' || received === null) {
    throw new TypeError(
      'toMatchWebhookContract takes a Request, an object with headers and body, or the event itself',
    );
  }
  return 'body' in received ? (received as CheckableWebhook) : { body: received };
}

async function exchangeOf(
  received: unknown,
  method: string | undefined,
  url: string | undefined,
): Promise<CheckableExchange> {
  if (received instanceof Response) {
    const address = url ?? received.url;
    if (address === '') throw new TypeError('toMatchContract: this Response has no URL; give it as { url }');
    const { status, headers } = received;
    return { method: method ?? 'GET', url: address, status, headers, body: await received.clone().text() };
  }
  const exchange = received as Partial<CheckableExchange> | null | undefined;
  if (
    typeof exchange?.url !== 'string' ||
    typeof exchange.status !== 'number' ||
    exchange.headers === undefined
  ) {
    throw new TypeError('toMatchContract takes a Response, or an object with url, status, headers and body');
  }
  return { ...(exchange as CheckableExchange), ...(method === undefined ? {} : { method }) };
}
