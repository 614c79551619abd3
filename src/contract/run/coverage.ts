import { declaredResponse, type Operation } from '../../document/index.js';
import type { Exchange } from '../model/exchange.js';
import type { OperationCoverage, Part } from '../model/result.js';

/** Which of the document's declarations occurred in a run's requests. */
export function coverageOf(
  operations: readonly Operation[],
  exchanges: readonly Exchange[],
): OperationCoverage[] {
  return operations.map((operation) => {
    const own = exchanges.filter((exchange) => exchange.operation === operation);
    const statuses = new Set(own.map(({ response }) => declaredResponse(operation, response.status)?.status));
    const sent = new Set(
      own.flatMap(({ probe }) => [...probe.query.map(([name]) => name), ...Object.keys(probe.headers)]),
    );
    const { parameter = '', paths = [] } = operation.expansion ?? {};
    const expanded = new Set(
      own.flatMap(({ probe }) =>
        probe.query.filter(([name]) => name === parameter).map(([, value]) => value),
      ),
    );
    const names = operation.parameters.map(({ name }) => name);
    // The client sends the version with each request.
    const carried = new Set(own.flatMap(({ request }) => Object.keys(request.headers)));
    return {
      operation: operation.id,
      requests: own.length,
      statuses: part(
        operation.responses.map(({ status }) => status),
        (status) => statuses.has(status),
      ),
      parameters: part(names, (name) => {
        const inPath = operation.parameters.some((p) => p.name === name && p.in === 'path');
        return inPath ? own.length > 0 : sent.has(name) || carried.has(name.toLowerCase());
      }),
      expansions: part(paths, (path) => expanded.has(path)),
    };
  });
}

function part(declared: string[], isMet: (name: string) => boolean): Part {
  return { declared, met: declared.filter(isMet) };
}
