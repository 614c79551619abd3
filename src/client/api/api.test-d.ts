// Compile-time tests: `npm run check:types` fails if a line doesn't type-check as stated.
import type { Client } from 'openapi-fetch';
import type { MediaType } from 'openapi-typescript-helpers';
import type { paths } from '../../../generated/schema.js';
import type { Api, EvEnergy } from '../../index.js';

export async function documentedRequests({ api }: EvEnergy): Promise<void> {
  const makes = await api.GET('/evse_makes');
  makes.data?.[0]?.name satisfies string | undefined;

  const path = { evse_id: 'evse01HN2NJ9NMRZBXT1H6FT9N7735' };
  const query = { page_size: 3 };
  const logs = await api.request('get', '/evses/{evse_id}/status_logs', { params: { path, query } });
  logs.data?.[0]?.charge_rate_watts satisfies number | null | undefined;

  const text = await api.GET('/evse_makes', {
    parseAs: 'text',
    timeout: 5_000,
    user: 'user01',
    maxRetries: 0,
  });
  text.data satisfies string | undefined;
  text.response satisfies Response;

  // @ts-expect-error a misspelt parameter
  await api.GET('/evses/{evse_id}/status_logs', { params: { path, query: { page_sze: 3 } } });
  // @ts-expect-error a missing path parameter
  await api.GET('/evses/{evse_id}/status_logs');
  // @ts-expect-error a body where the operation has none
  await api.GET('/evse_makes', { body: {} });
  // @ts-expect-error an option of the wrong type
  await api.GET('/evse_makes', { timeout: '5' });
  // @ts-expect-error a misspelt option
  await api.GET('/evse_makes', { tiemout: 5 });
  // @ts-expect-error would take the token elsewhere
  await api.GET('/evse_makes', { baseUrl: 'https://other.example.com' });
  // @ts-expect-error would leave out token, retries and quota
  await api.GET('/evse_makes', { fetch: globalThis.fetch });
  // @ts-expect-error a path that the document lacks
  await api.GET('/elsewhere');
}

/** Libraries that build on openapi-fetch accept it as it is. */
export function asLibrariesTakeIt({ api }: EvEnergy): Client<paths> {
  return api;
}

declare function pathsOf<Paths extends {}, Media extends MediaType>(client: Client<Paths, Media>): Paths;

/** Libraries can infer the paths. */
export function asLibrariesInferIt({ api }: EvEnergy): paths {
  return pathsOf(api);
}

interface Beta {
  '/beta': {
    get: { parameters: object; responses: { 200: { content: { 'application/json': { a: number } } } } };
  };
}

export async function widened({ api }: EvEnergy): Promise<void> {
  const { data } = await (api as Api<paths & Beta>).GET('/beta');
  data?.a satisfies number | undefined;
}
