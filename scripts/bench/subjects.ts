import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import OpenAI from 'openai';
import createClient from 'openapi-fetch';
import { EvEnergy } from '../../src/index.js';
import { parseLinks } from '../../src/pages/link.js';

export const MAKE = 'emak01HN2NJ9NMRZBXT1H6FT9N7735';
export const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
const TOKEN = 'x'.repeat(40);

/** What the client sends, so that all subjects send the same. */
const HEADERS = {
  accept: 'application/json, application/problem+json',
  'evenergy-version': '2',
  'user-agent': 'ev-energy-client/0.1.0',
  authorization: `Bearer ${TOKEN}`,
};

export const RAW = 'raw `fetch`';
export const OURS = 'ev-energy-client';
export const ALL = 'ev-energy-client, everything on';

const nothing = () => {};

/** The client with everything that an option can switch on. */
export function everythingOn(baseUrl: string): EvEnergy {
  return new EvEnergy({
    baseUrl,
    clientId: 'id',
    clientSecret: 'secret',
    user: 'user01HN2NJ9NMRZBXT1H6FT9N7735',
    timeout: 60_000,
    quota: { reserve: 10 },
    validate: 'error',
    onRequest: nothing,
    onResponse: nothing,
    onRetry: nothing,
    appInfo: { name: 'bench', version: '1' },
  });
}

async function rawGet(url: string): Promise<Response> {
  const response = await fetch(url, { headers: HEADERS });
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

const PluggedOctokit = Octokit.plugin(retry, throttling, paginateRest);

function octokit(baseUrl: string) {
  return new PluggedOctokit({
    baseUrl,
    auth: TOKEN,
    request: { headers: { 'evenergy-version': '2' } },
    throttle: { onRateLimit: () => true, onSecondaryRateLimit: () => true },
    log: { debug: nothing, info: nothing, warn: nothing, error: console.error },
  });
}

/** One small object, by each client. */
export function retrievers(base: string): Map<string, () => Promise<unknown>> {
  const ours = new EvEnergy({ baseUrl: base, accessToken: TOKEN });
  const all = everythingOn(base);
  const typed = createClient<Record<string, never>>({ baseUrl: base, headers: HEADERS });
  const openai = new OpenAI({ apiKey: TOKEN, baseURL: base });
  const kit = octokit(base);
  const path = '/evse_makes/{evse_make_id}';
  const params = { path: { evse_make_id: MAKE } };
  return new Map<string, () => Promise<unknown>>([
    [RAW, async () => (await rawGet(`${base}/evse_makes/${MAKE}`)).json()],
    [OURS, async () => ours.evseMakes.retrieve(MAKE)],
    [ALL, async () => all.evseMakes.retrieve(MAKE)],
    ['openapi-fetch', async () => (await typed.GET(path as never, { params } as never)).data],
    ['openai', async () => openai.get(`/evse_makes/${MAKE}`)],
    ['@octokit/core + retry, throttling', async () => (await kit.request(`GET ${path}`, params.path)).data],
  ]);
}

/** The pages of a long collection, by each client that walks `Link` headers. */
export function walkers(base: string): Map<string, () => AsyncIterable<readonly unknown[]>> {
  const ours = new EvEnergy({ baseUrl: base, accessToken: TOKEN });
  const all = everythingOn(base);
  const kit = octokit(base);
  return new Map<string, () => AsyncIterable<readonly unknown[]>>([
    [RAW, () => rawWalk(`${base}/evses/${EVSE}/status_logs?page_size=100`)],
    [OURS, () => dataOf(ours.evses.statusLogs.list(EVSE).pages())],
    [ALL, () => dataOf(all.evses.statusLogs.list(EVSE).pages())],
    [
      '@octokit/core + retry, throttling, paginate',
      () => dataOf(kit.paginate.iterator('GET /evses/{id}/status_logs', { id: EVSE, page_size: 100 })),
    ],
  ]);
}

async function* rawWalk(first: string): AsyncGenerator<readonly unknown[]> {
  for (let url: string | undefined = first; url; ) {
    const response: Response = await rawGet(url);
    yield (await response.json()) as unknown[];
    const next = parseLinks(response.headers.get('link') ?? '').get('next');
    url = next === 'about:blank' ? undefined : next;
  }
}

async function* dataOf(pages: AsyncIterable<{ data: unknown }>): AsyncGenerator<readonly unknown[]> {
  for await (const { data } of pages) yield data as unknown[];
}
