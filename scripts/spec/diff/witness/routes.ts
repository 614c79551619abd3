import type { Comparison, EndpointPair, Root } from '../compare/difference.js';
import type { Step } from '../normalise/step.js';

/** The way from a message to a place. */
export interface Route {
  root: Root;
  steps: { old: readonly Step[]; new: readonly Step[] };
}

export interface Reach {
  /** The shortest ones, from messages of different parts. */
  routes: Route[];
  pairs: Set<EndpointPair>;
}

/** Number of routes to try: if the shortest ones don't show a difference, longer ones rarely do. */
const ROUTES = 4;

/** Finds, for each pair of schemas, the operations that reach it, and how. */
export function findRoutes(roots: readonly Root[]): Map<Comparison, Reach> {
  const reaches = new Map<Comparison, Reach>();
  for (const root of roots) {
    const seen = new Set([root.comparison]);
    let level: { comparison: Comparison; steps: Route['steps'] }[] = [
      { comparison: root.comparison, steps: { old: [], new: [] } },
    ];
    while (level.length > 0) {
      for (const { comparison, steps } of level) {
        const reach = reaches.get(comparison) ?? { routes: [], pairs: new Set() };
        reach.routes.push({ root, steps });
        reach.pairs.add(root.pair);
        reaches.set(comparison, reach);
      }
      level = level.flatMap(({ comparison, steps }) =>
        comparison.edges.flatMap((edge) => {
          if (seen.has(edge.to)) return [];
          seen.add(edge.to);
          const further = (side: 'old' | 'new') => [...steps[side], ...edge.steps[side]];
          return [{ comparison: edge.to, steps: { old: further('old'), new: further('new') } }];
        }),
      );
    }
  }
  for (const reach of reaches.values()) {
    reach.routes.sort((a, b) => a.steps.old.length - b.steps.old.length);
    reach.routes.splice(ROUTES);
  }
  return reaches;
}
