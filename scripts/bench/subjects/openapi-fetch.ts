import createClient from 'openapi-fetch';
import type { paths } from '../../../generated/schema.js';
import { HEADERS, MAKE } from './request.js';
import type { Subject } from './subject.js';

export const openapiFetch: Subject = {
  retrieve: (baseUrl) => {
    const client = createClient<paths>({ baseUrl, headers: HEADERS });
    const params = { path: { evse_make_id: MAKE } };
    return async () => (await client.GET('/evse_makes/{evse_make_id}', { params })).data;
  },
};
