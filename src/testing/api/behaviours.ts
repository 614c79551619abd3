import { authenticateClient } from '../oauth/clients.js';
import { expand, personalize } from '../resources/expansion.js';
import { filter } from '../resources/filters.js';
import { linkHeader, paginate } from '../resources/pagination.js';
import { collect, find, list, retrieve } from '../resources/reading.js';
import { create, readBody, remove, update } from '../resources/writing.js';
import type { FakeRequest, Principal, Quota } from '../world.js';
import { actingUser, authenticate, requireScopes, requireToken } from './access.js';
import { chooseVersion, negotiate } from './negotiation.js';
import { readParameters } from './parameters.js';
import type { RateLimiter } from './rate-limit.js';
import type { Route, Router } from './router.js';

/**
 * What the fake does with a request, the first member at the OAuth endpoints and the others at the API, in this
 * order. Each can be replaced, to see what a client or a contract suite makes of an API that behaves otherwise.
 */
export const conforming = {
  authenticateClient,
  authenticate,
  route: (request: FakeRequest, router: Router): Route => router.match(request),
  requireToken,
  throttle: (principal: Principal, limiter: RateLimiter): Quota => limiter.take(principal),
  chooseVersion,
  requireScopes,
  negotiate,
  readParameters,
  readBody,
  actingUser,
  collect,
  filter,
  paginate,
  link: linkHeader,
  list,
  find,
  retrieve,
  update,
  remove,
  create,
  personalize,
  expand,
};

export type Behaviours = typeof conforming;

/**
 * Replacements by name. Each gets the behaviour that it replaces:
 * `{ filter: () => (items) => items }` ignores all filters,
 * `{ paginate: (paginate) => (...args) => ({ ...paginate(...args), next: undefined }) }` hides the next page.
 */
export type Overrides = { [Name in keyof Behaviours]?: (original: Behaviours[Name]) => Behaviours[Name] };

export function override(behaviours: Behaviours, overrides: Overrides): Behaviours {
  const result: Record<string, unknown> = { ...behaviours };
  for (const [name, replace] of Object.entries(overrides)) {
    if (!(name in behaviours)) {
      throw new TypeError(`There is no behaviour '${name}'; there are ${Object.keys(behaviours).join(', ')}`);
    }
    result[name] = (replace as (original: unknown) => unknown)(result[name]);
  }
  return result as Behaviours;
}
