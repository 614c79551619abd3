import type { Subject } from './subject.js';

export const RAW = 'raw `fetch`';
export const OURS = 'ev-energy-client';
export const ALL = 'ev-energy-client, everything on';
export const OVER_UNDICI = 'ev-energy-client over undici, everything on but validation';
export const OPENAPI_FETCH = 'openapi-fetch';
const OCTOKIT = '@octokit/core with retry, throttling, paginate';

/** Loaded one at a time, so that no process has another subject's code in memory. */
const SUBJECTS: Readonly<Record<string, () => Promise<Subject>>> = {
  [RAW]: async () => (await import('./raw-fetch.js')).rawFetch,
  [OURS]: async () => (await import('./ev-energy-client.js')).plain,
  [ALL]: async () => (await import('./ev-energy-client.js')).everything,
  [OVER_UNDICI]: async () => (await import('./ev-energy-client.js')).overUndici,
  [OPENAPI_FETCH]: async () => (await import('./openapi-fetch.js')).openapiFetch,
  'stripe, raw requests': async () => (await import('./stripe.js')).stripe,
  openai: async () => (await import('./openai.js')).openai,
  [OCTOKIT]: async () => (await import('./octokit.js')).octokit,
};

export const CLIENTS = [
  RAW,
  OPENAPI_FETCH,
  OURS,
  ALL,
  OVER_UNDICI,
  'stripe, raw requests',
  'openai',
  OCTOKIT,
];
export const WALKING = [RAW, OURS, ALL, OCTOKIT];

export async function retriever(subject: string, base: string): Promise<() => Promise<unknown>> {
  return (await load(subject)).retrieve(base);
}

export async function walker(
  subject: string,
  base: string,
): Promise<() => AsyncIterable<readonly unknown[]>> {
  const { walk } = await load(subject);
  if (!walk) throw new Error(`${subject} doesn't walk`);
  return walk(base);
}

async function load(subject: string): Promise<Subject> {
  const found = await SUBJECTS[subject]?.();
  if (!found) throw new Error(`there is no subject ${subject}`);
  return found;
}
