// Type-checked by every supported TypeScript with strict library checks, in a project with Node's types and without
// the browser's.
import { EvEnergy, type Fetch } from 'ev-energy-client';

const transport: Fetch = (url, init) => fetch(url, init);

export const ev = new EvEnergy({ fetch: transport, validate: 'error' });

export async function names(signal: AbortSignal): Promise<string[]> {
  const makes = await ev.evseMakes.list({}, { signal }).toArray({ limit: 10 });
  return makes.map((make) => make.name);
}
