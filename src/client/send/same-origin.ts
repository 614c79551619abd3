import { ConfigurationError } from '../errors/configuration-error.js';
import type { Layer } from './request.js';

/**
 * Refuses a request that would leave the client's server, and take the token with it. None does by itself; a middleware
 * or a path serializer of the caller's own could.
 */
export function sameOrigin(baseUrl: string): Layer {
  const { origin } = new URL(baseUrl);
  return (next) => async (request) => {
    if (request.url.startsWith(`${origin}/`)) return next(request);
    throw new ConfigurationError(
      `${request.operation.id}: a request to ${originOf(request.url)} was refused, for the client's token goes to ${origin} alone; make another client for that server`,
    );
  };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'what is no URL';
}
