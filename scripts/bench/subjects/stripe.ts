import Stripe from 'stripe';
import { HEADERS, MAKE, TOKEN } from './request.js';
import type { Subject } from './subject.js';

/** Stripe's raw requests to the local server, using its default client on node:http. */
export const stripe: Subject = {
  retrieve: (baseUrl) => {
    const { hostname, port, pathname } = new URL(baseUrl);
    const client = new Stripe(TOKEN, { host: hostname, port, protocol: 'http', telemetry: false });
    const path = `${pathname}/evse_makes/${MAKE}`;
    return () => client.rawRequest('GET', path, undefined, { additionalHeaders: HEADERS });
  },
};
