import { authenticateClient } from '../oauth/clients.js';
import { expand, personalize } from '../resources/expansion.js';
import { filter } from '../resources/filters.js';
import { linkHeader, paginate } from '../resources/pagination.js';
import { collect, find, list, retrieve } from '../resources/reading.js';
import { create, remove, update } from '../resources/writing.js';
import type { Behaviours, Overrides } from '../world.js';
import { actingUser, authenticate, requireScopes, requireToken } from './access.js';
import { chooseVersion, negotiate } from './negotiation.js';
import { readParameters } from './parameters.js';
import { readBody } from './request-body.js';

/** The API's own behaviours; `Behaviours` documents each. */
export const conforming: Behaviours = {
  authenticateClient,
  authenticate,
  route: (request, router) => router.match(request),
  requireToken,
  throttle: (principal, limiter) => limiter.take(principal),
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

/** @throws TypeError for an unknown behaviour. */
export function override(behaviours: Behaviours, overrides: Overrides): Behaviours {
  const result = { ...behaviours };
  for (const [name, replace] of Object.entries(overrides)) {
    if (!isBehaviour(name)) {
      throw new TypeError(`There is no behaviour '${name}'; there are ${Object.keys(conforming).join(', ')}`);
    }
    if (typeof replace !== 'function') throw new TypeError(`behaviours.${name} must be a function`);
    // The type of `overrides` guarantees that each replacement fits its behaviour.
    const original = result[name] as never;
    Object.assign(result, { [name]: replace(original) });
  }
  return result;
}

function isBehaviour(name: string): name is keyof Behaviours {
  return Object.hasOwn(conforming, name);
}
