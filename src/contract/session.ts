import type { Operation } from '../document/index.js';
import type { Contract } from './contract.js';
import { CannotRun } from './faults.js';
import type { Exchange, Probe, WireRequest } from './model.js';
import type { Target } from './targets/target.js';
import type { Transport } from './transport.js';
import { exampleOf, fillPath, queryPairs } from './values.js';

/** What a probe asks; the rest follows from its operation. */
export interface Ask extends Partial<Omit<Probe, 'operation' | 'name' | 'query'>> {
  name: string;
  query?: readonly (readonly [string, string])[];
}

const ACCEPT = 'application/json, application/problem+json';

/** One run against one target: sends probes and remembers what came. */
export class Session {
  readonly contract: Contract;
  readonly target: Target;
  readonly exchanges: Exchange[] = [];
  readonly #transport: Transport;
  readonly #ids: ReadonlyMap<string, string>;

  constructor(
    contract: Contract,
    target: Target,
    transport: Transport,
    ids: ReadonlyMap<string, string> = new Map(),
  ) {
    this.contract = contract;
    this.target = target;
    this.#transport = transport;
    this.#ids = ids;
  }

  /** A probe of an operation with all that it requires; undefined when a required value isn't known. */
  probe(operation: Operation, ask: Ask): Probe | undefined {
    const path = ask.path ?? this.#path(operation);
    if (path === undefined) return undefined;
    const required = operation.parameters.filter((p) => p.required && p.in !== 'path');
    const query: (readonly [string, string])[] = [];
    const headers: Record<string, string> = {};
    for (const parameter of required) {
      const value = this.#ids.get(parameter.name) ?? exampleOf(this.contract, parameter);
      if (value === undefined) return undefined;
      if (parameter.in === 'query') query.push(...queryPairs(parameter, value));
      if (parameter.in === 'header') headers[parameter.name] = String(value);
    }
    return {
      rule: 'succeeds',
      method: operation.method,
      credential: 'token',
      expect: ['2XX'],
      parameters: required.map((p) => p.name),
      ...ask,
      operation,
      path,
      query: [...query, ...(ask.query ?? [])],
      headers: { Accept: ACCEPT, ...headers, ...ask.headers },
    };
  }

  async send(probe: Probe): Promise<Exchange> {
    const request = this.#request(probe);
    const response = await this.#transport(request).catch((cause: unknown) => {
      throw new CannotRun(`${request.method} ${request.url} got no answer: ${reasonOf(cause)}`, { cause });
    });
    const exchange: Exchange = {
      number: this.exchanges.length + 1,
      probe,
      operation: probe.operation,
      request,
      response,
      json: parse(response.body),
    };
    this.exchanges.push(exchange);
    return exchange;
  }

  #path(operation: Operation): string | undefined {
    const values = new Map<string, string>();
    for (const parameter of operation.parameters.filter((p) => p.in === 'path')) {
      const value = this.#ids.get(parameter.name) ?? exampleOf(this.contract, parameter);
      if (value === undefined) return undefined;
      values.set(parameter.name, String(value));
    }
    return fillPath(operation, values);
  }

  #request(probe: Probe): WireRequest {
    const query = new URLSearchParams(probe.query.map(([name, value]) => [name, value]));
    const token = this.target.token(probe.credential);
    return {
      method: probe.method,
      url: `${this.target.baseUrl}${probe.path}${query.size > 0 ? `?${query}` : ''}`,
      headers: { ...probe.headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
      ...(probe.body === undefined ? {} : { body: probe.body }),
    };
  }
}

function parse(body: string): Exchange['json'] {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
