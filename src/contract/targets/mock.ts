import { startPrism } from './prism.js';
import type { Target } from './target.js';

/** Prism on a free port of loopback. It takes any bearer token. */
export async function mockTarget(file: string): Promise<Target> {
  const prism = await startPrism(file);
  return {
    name: 'mock',
    baseUrl: prism.url,
    title: `Prism ${prism.version}`,
    static: true,
    prefer: true,
    token: (credential) => (credential === 'none' ? undefined : `mock-token-${credential}`),
    stop: prism.stop,
  };
}
