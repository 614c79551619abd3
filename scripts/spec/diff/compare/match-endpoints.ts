import type { Endpoint } from '../normalise/contract.js';
import { bestPairs, nameSimilarity } from '../normalise/similarity.js';
import type { EndpointPair } from './difference.js';

/** Least similarity for a new operation to count as a moved one. */
const MOVED = 0.75;

export interface Matched {
  pairs: EndpointPair[];
  gone: Endpoint[];
  added: Endpoint[];
}

/**
 * Pairs the operations of both documents, each once: by method and path, by name in the client, by id, by similarity.
 */
export function matchEndpoints(before: readonly Endpoint[], after: readonly Endpoint[]): Matched {
  const matched: Matched = { pairs: [], gone: [...before], added: [...after] };
  const keys: ((endpoint: Endpoint) => string | undefined)[] = [
    // Two paths may differ by the names of their parameters alone.
    (endpoint) => `${endpoint.root} ${endpoint.method} ${endpoint.path}`,
    (endpoint) => `${endpoint.root} ${endpoint.method} ${templateOf(endpoint.path)}`,
    (endpoint) => endpoint.name,
    ({ root, method, value }) =>
      typeof value.operationId === 'string' ? `${root} ${method} ${value.operationId}` : undefined,
  ];
  for (const keyOf of keys) {
    const byKey = new Map(matched.added.map((endpoint) => [keyOf(endpoint), endpoint]));
    const pairs = matched.gone.flatMap((old): EndpointPair[] => {
      const key = keyOf(old);
      const found = key === undefined ? undefined : byKey.get(key);
      if (key === undefined || found?.root !== old.root) return [];
      byKey.delete(key);
      return [{ old, new: found }];
    });
    take(matched, pairs);
  }
  const alike = bestPairs(matched.gone, matched.added, likeness, MOVED);
  take(
    matched,
    alike.map(([old, now]) => ({ old, new: now })),
  );
  return matched;
}

function take(matched: Matched, pairs: readonly EndpointPair[]): void {
  const taken = new Set(pairs.flatMap((pair) => [pair.old, pair.new]));
  matched.pairs.push(...pairs);
  matched.gone = matched.gone.filter((endpoint) => !taken.has(endpoint));
  matched.added = matched.added.filter((endpoint) => !taken.has(endpoint));
}

/** Ignores the names of path parameters, which callers don't see. */
export function templateOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

function likeness(a: Endpoint, b: Endpoint): number {
  if (a.root !== b.root || a.method !== b.method) return 0;
  const [one, other] = [a, b].map(({ parameters, answers, body }) => [
    ...parameters.map(({ id }) => id),
    ...answers.map(({ status }) => status),
    ...(body?.media.map(({ id }) => id) ?? []),
  ]);
  const shared = (one ?? []).filter((id) => other?.includes(id)).length;
  const all = new Set([...(one ?? []), ...(other ?? [])]).size;
  return (nameSimilarity(a.path, b.path) + (all === 0 ? 1 : shared / all)) / 2;
}
