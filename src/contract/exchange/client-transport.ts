import { operations as rows } from '../../client/resource/resources.js';
import { hasType, isJson, resolve, type Schema, takesHeader } from '../../document/index.js';
import { ConfigurationError, EvEnergy } from '../../index.js';
import { VERSION_HEADER } from '../../text/conventions.js';
import { NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { WireRequest } from '../model/exchange.js';
import type { Probe } from '../model/probe.js';
import type { Target } from '../model/target.js';
import { exchange, NoAnswer, type Transport, type Wire } from './transport.js';

type Params = Record<string, string | string[]>;
type Method = (...args: unknown[]) => PromiseLike<unknown>;

/**
 * Sends probes through the client: an ordinary probe through its operation's generated method, others through
 * `request`. How the client reads the answer doesn't matter here, only what went over the wire.
 */
export function clientTransport(contract: Contract, target: Target, timeout: number): Transport {
  const last: { wire?: Wire | NoAnswer } = {};
  // The client was generated from the vendored document: another API has no use for this API's version header.
  const version = { [VERSION_HEADER]: takesHeader(contract.operations, VERSION_HEADER) ? undefined : null };
  const client = new EvEnergy({
    baseUrl: target.baseUrl,
    auth: null,
    headers: version,
    maxRetries: 0,
    timeout: Number.POSITIVE_INFINITY,
    fetch: async (url, init) => {
      const request: WireRequest = {
        method: init.method ?? 'GET',
        url,
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
      };
      try {
        const response = await exchange(request, timeout, target.fetch);
        last.wire = { request, response };
        const empty = [101, 204, 205, 304].includes(response.status);
        return new Response(empty ? null : response.body, response);
      } catch (error) {
        if (error instanceof NoAnswer) last.wire = error;
        throw error;
      }
    },
  });
  return async (probe, authorization) => {
    delete last.wire;
    const method = generated(client, probe);
    let failure = method && (await failureOf(callMethod(method, contract, probe, authorization)));
    // The client was generated from the vendored document: its method may refuse what the same operation accepts in
    // another document.
    if (!method || (failure instanceof ConfigurationError && !last.wire))
      failure = await failureOf(callRequest(client, probe, authorization));
    const wire = last.wire as Wire | NoAnswer | undefined;
    if (wire instanceof NoAnswer) throw wire;
    // An answer that the client refuses is still an answer; if there is none, the client never sent the request.
    if (!wire)
      throw new NotCovered(`the client can't send '${probe.name}': ${String(failure)}`, { cause: failure });
    return wire;
  };
}

function failureOf(call: PromiseLike<unknown>): PromiseLike<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Null removes the client's own token, and says that no token is intended. */
function headersOf({ headers }: Probe, authorization: string | undefined): Record<string, string | null> {
  return { authorization: authorization ?? null, ...headers };
}

async function callMethod(
  method: Method,
  contract: Contract,
  probe: Probe,
  authorization: string | undefined,
): Promise<void> {
  const { operation } = probe;
  const path = Object.values(probe.path);
  const body = operation.requestBody ? [probe.body === undefined ? undefined : JSON.parse(probe.body)] : [];
  const [params, others] = parameters(contract, probe, headersOf(probe, authorization));
  await method(...path, ...body, params, { headers: others });
}

async function callRequest(client: EvEnergy, probe: Probe, authorization: string | undefined): Promise<void> {
  const query = new URLSearchParams(probe.query.map(([name, value]) => [name, value]));
  const search = query.size > 0 ? `?${query}` : '';
  const request = client.api.request as unknown as Method;
  await request(probe.method, probe.operation.path + search, {
    params: { path: probe.path },
    headers: headersOf(probe, authorization),
    parseAs: 'text',
    // A deliberately broken body is sent as it is.
    ...(probe.body === undefined ? {} : { body: probe.body, bodySerializer: (body: string) => body }),
  });
}

/** The client's generated method for an ordinary call of an operation, if it has one. */
function generated(client: EvEnergy, probe: Probe): Method | undefined {
  const { operation } = probe;
  // The client's methods always ask for the largest page, so a request without a size can't use them.
  const { sizeParameter } = operation.paging ?? {};
  if (sizeParameter !== undefined && !probe.query.some(([name]) => name === sizeParameter)) return undefined;
  const known = rows.some((row) => row.id === operation.id && row.path === operation.path);
  // The parts of an object have names of their own in a query.
  const declared = new Set(operation.parameters.map(({ name }) => name));
  if (!probe.query.every(([name]) => declared.has(name))) return undefined;
  if (!known || probe.breaks !== undefined || probe.method !== operation.method) return undefined;
  // The probe only has a form's text, but the method takes its fields.
  if (probe.body !== undefined && !isJson(probe.headers['content-type'] ?? null)) return undefined;
  const resource = operation.resource.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name],
    client,
  );
  const method = (resource as Record<string, unknown> | undefined)?.[operation.methodName];
  return typeof method === 'function' ? (method.bind(resource) as Method) : undefined;
}

/** Separates a probe's query and headers into the method's parameters and further headers. */
function parameters(
  contract: Contract,
  probe: Probe,
  headers: Readonly<Record<string, string | null>>,
): [params: Params, others: Record<string, string | null>] {
  // Without a prototype: a parameter may have the name of a member that every object has.
  const params: Params = Object.create(null);
  const others: Record<string, string | null> = {};
  for (const [name, value] of probe.query) {
    const parameter = probe.operation.parameters.find((p) => p.in === 'query' && p.name === name);
    const schema = resolve<Schema>(contract.document, parameter?.schema ?? true, '#').value;
    params[name] = hasType(schema, 'array') ? [...[params[name] ?? []].flat(), value] : value;
  }
  for (const [name, value] of Object.entries(headers)) {
    const declared = probe.operation.parameters.some((p) => p.in === 'header' && p.name === name);
    if (declared && value !== null) params[name] = value;
    else others[name] = value;
  }
  return [params, others];
}
