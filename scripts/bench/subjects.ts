import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import OpenAI from 'openai';
import createClient from 'openapi-fetch';
import { apiVersion } from '../../generated/operations.js';
import type { paths } from '../../generated/schema.js';
import { EvEnergy } from '../../src/index.js';
import { parseLinks } from '../../src/pages/link.js';
import { VERSION } from '../../src/version.js';

const MAKE = 'emak01HN2NJ9NMRZBXT1H6FT9N7735';
export const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
const TOKEN = 'x'.repeat(40);

const USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';
const APP = { name: 'bench', version: '1' };

/** What the client sends, so that all subjects send the same: each header costs, whoever sends it. */
const HEADERS = {
  accept: 'application/json, application/problem+json',
  'evenergy-version': apiVersion,
  'user-agent': `ev-energy-client/${VERSION} ${APP.name}/${APP.version}`,
  'evenergy-user': USER,
  authorization: `Bearer ${TOKEN}`,
};

export const RAW = 'raw `fetch`';
export const OURS = 'ev-energy-client';
export const ALL = 'ev-energy-client, everything on';
const LIMITED = 'ev-energy-client, everything on and a timeout';
const OCTOKIT = '@octokit/core with retry, throttling, paginate';

const nothing = () => {};

/**
 * The client with everything that an option can switch on. A time limit of one's own is measured apart: it gives each
 * request an `AbortController`, which raw `fetch` does without.
 */
function everythingOn(baseUrl: string, limit: { timeout?: number } = {}): EvEnergy {
  return new EvEnergy({
    ...limit,
    baseUrl,
    clientId: 'id',
    clientSecret: 'secret',
    user: USER,
    quota: { reserve: 10 },
    validate: 'error',
    onRequest: nothing,
    onResponse: nothing,
    onRetry: nothing,
    appInfo: APP,
  });
}

function plain(baseUrl: string): EvEnergy {
  return new EvEnergy({ baseUrl, accessToken: TOKEN, user: USER, appInfo: APP });
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
    request: { headers: HEADERS },
    throttle: { onRateLimit: () => true, onSecondaryRateLimit: () => true },
    log: { debug: nothing, info: nothing, warn: nothing, error: console.error },
  });
}

/** Retrieves one small object, by each client. */
const RETRIEVERS: Readonly<Record<string, (base: string) => () => Promise<unknown>>> = {
  [RAW]: (base) => async () => (await rawGet(`${base}/evse_makes/${MAKE}`)).json(),
  [OURS]: (base) => {
    const ev = plain(base);
    return () => ev.evseMakes.retrieve(MAKE);
  },
  [ALL]: (base) => {
    const ev = everythingOn(base);
    return () => ev.evseMakes.retrieve(MAKE);
  },
  [LIMITED]: (base) => {
    const ev = everythingOn(base, { timeout: 10_000 });
    return () => ev.evseMakes.retrieve(MAKE);
  },
  'openapi-fetch': (base) => {
    const client = createClient<paths>({ baseUrl: base, headers: HEADERS });
    const params = { path: { evse_make_id: MAKE } };
    return async () => (await client.GET('/evse_makes/{evse_make_id}', { params })).data;
  },
  openai: (base) => {
    const client = new OpenAI({ apiKey: TOKEN, baseURL: base, defaultHeaders: HEADERS });
    return () => client.get(`/evse_makes/${MAKE}`);
  },
  [OCTOKIT]: (base) => {
    const kit = octokit(base);
    return async () => (await kit.request('GET /evse_makes/{id}', { id: MAKE })).data;
  },
};

/** Walks the pages of a long collection, by each client that follows `Link` headers. */
const WALKERS: Readonly<Record<string, (base: string) => () => AsyncIterable<readonly unknown[]>>> = {
  [RAW]: (base) => () => rawWalk(`${base}/evses/${EVSE}/status_logs?page_size=100`),
  [OURS]: (base) => {
    const ev = plain(base);
    return () => dataOf(ev.evses.statusLogs.list(EVSE).pages());
  },
  [ALL]: (base) => {
    const ev = everythingOn(base);
    return () => dataOf(ev.evses.statusLogs.list(EVSE).pages());
  },
  [OCTOKIT]: (base) => {
    const kit = octokit(base);
    const parameters = { id: EVSE, page_size: 100 };
    return () => octokitPages(kit.paginate.iterator('GET /evses/{id}/status_logs', parameters));
  },
};

export const RETRIEVING = Object.keys(RETRIEVERS);
export const WALKING = Object.keys(WALKERS);

export function retriever(subject: string, base: string): () => Promise<unknown> {
  const make = RETRIEVERS[subject];
  if (!make) throw new Error(`${subject} doesn't retrieve`);
  return make(base);
}

export function walker(subject: string, base: string): () => AsyncIterable<readonly unknown[]> {
  const make = WALKERS[subject];
  if (!make) throw new Error(`${subject} doesn't walk`);
  return make(base);
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

/** It doesn't know that `about:blank` ends this API's collections. */
async function* octokitPages(
  pages: AsyncIterable<{ data: unknown; headers: { link?: string } }>,
): AsyncGenerator<readonly unknown[]> {
  for await (const { data, headers } of pages) {
    yield data as unknown[];
    if (headers.link?.startsWith('<about:blank>')) return;
  }
}
