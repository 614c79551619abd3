import { answer } from './api/answer.js';
import { DocumentRouter } from './api/router.js';
import type { Fault } from './faults/fault.js';
import type { Endpoint, FakeRequest } from './http/exchange.js';
import { authorizationEndpoint, type OAuth, revocationEndpoint, tokenEndpoint } from './oauth/endpoints.js';
import { Problem } from './problems.js';
import type { Outcome, World } from './world.js';

export interface Responder {
  /** The kind of address that a request goes to. */
  endpointOf(request: FakeRequest): Endpoint;
  /** Answers a request, applying its fault. */
  answer(request: FakeRequest, endpoint: Endpoint, fault: Fault | undefined): Promise<Outcome>;
}

/** Answers requests to the API and to the OAuth endpoints. */
export function responder(world: World, oauth: Omit<OAuth, 'behaviours'>): Responder {
  const { places } = world;
  const router = new DocumentRouter(world.operations, places.basePath);
  const endpoints = {
    token: { method: 'POST', path: places.tokenPath, respond: tokenEndpoint },
    revocation: { method: 'POST', path: places.revocationPath, respond: revocationEndpoint },
    authorization: { method: 'GET', path: places.authorizationPath, respond: authorizationEndpoint },
  };
  return {
    endpointOf({ url: { pathname } }) {
      const is = (path: string | undefined) => path?.replace(/\/$/, '') === pathname.replace(/\/$/, '');
      if (is(places.tokenPath)) return 'token';
      if (is(places.revocationPath)) return 'revocation';
      if (is(places.authorizationPath)) return 'authorization';
      return world.uploads.isAddress(pathname) ? 'upload' : 'api';
    },
    async answer(request, endpoint, fault) {
      if (fault?.kind === 'response') return { response: structuredClone(fault.response) };
      if (endpoint === 'api') {
        return answer(request, world, router, fault?.kind === 'problem' ? fault.problem : undefined);
      }
      if (endpoint === 'upload') return { response: world.uploads.receive(request) };
      const { method, path, respond } = endpoints[endpoint];
      // Without its final slash the address exists, but allows no method.
      const exact = request.url.pathname === path;
      if (exact && request.method === method) {
        return { response: await respond(request, { ...oauth, behaviours: world.behaviours }) };
      }
      const detail = exact ? `Only ${method} is allowed here.` : `The address is ${path}, with the slash.`;
      const headers = { Allow: exact ? method : '' };
      const problem = new Problem(405, 'Method not allowed', detail, { headers });
      return { response: problem.response(places.problemTypes, places.instanceOf(request.url.pathname)) };
    },
  };
}
