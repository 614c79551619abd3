import type { Watch } from '../observe/watch.js';
import type { Layer } from './request.js';

/**
 * Reports each attempt before it is sent and after it has ended. This layer sits next to the time limit, not outermost,
 * so that it times only the server, without waits for a token, the quota or a retry.
 */
export function observe(watch: Watch): Layer {
  return (next) => async (request) => {
    const told = watch.request(request);
    const sentAt = performance.now();
    try {
      const response = await next(request);
      const { status, headers } = response;
      watch.response(told, { status, headers, error: undefined, duration: performance.now() - sentAt });
      return response;
    } catch (error) {
      const duration = performance.now() - sentAt;
      watch.response(told, { status: undefined, headers: undefined, error, duration });
      throw error;
    }
  };
}
