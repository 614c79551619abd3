import type { Watch } from '../observe/watch.js';
import type { Layer } from './request.js';

/**
 * Tells of each attempt, before it is sent and when it has ended. It lies next to the time limit, not
 * outermost: what it times is the server, and neither the wait for a token, nor that for the quota or a retry.
 */
export function observe(watch: Watch): Layer {
  return (next) => async (request) => {
    watch.request(request);
    const sentAt = performance.now();
    try {
      const response = await next(request);
      const { status, headers } = response;
      watch.response(request, { status, headers, error: undefined, duration: performance.now() - sentAt });
      return response;
    } catch (error) {
      const duration = performance.now() - sentAt;
      watch.response(request, { status: undefined, headers: undefined, error, duration });
      throw error;
    }
  };
}
