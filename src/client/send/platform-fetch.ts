/** Node's `fetch`, which is undici's, says of a redirect that it refused it; others' don't tell it from other failures. */
const { process } = globalThis as { process?: { versions?: Record<string, string | undefined> } };
const TELLS = process?.versions?.undici !== undefined;
const REFUSED = 'unexpected redirect';

/**
 * The platform's `fetch`, for a request whose redirects are shown, and not followed (`redirect: 'manual'`).
 *
 * As long as a request may be redirected, undici sends a copy of it, which costs CPU time and memory on each (Fetch,
 * HTTP-network-or-cache fetch, step 8). So a GET goes as one that may not, and one that is redirected all the same goes
 * again, as it was to be sent. With a signal none does: sent so, undici forgets a signal when garbage is collected.
 * @param redirects whether redirects are what the operation is for: it is asked once
 */
export function platformFetch(url: string, init: RequestInit, redirects?: boolean): Promise<Response> {
  // Looked up each time: it may have been replaced since.
  const { fetch } = globalThis;
  if (!TELLS || redirects || init.signal || init.method !== 'GET') return fetch(url, init);
  return Promise.resolve(fetch(url, { ...init, redirect: 'error' })).catch((error) => {
    if (error?.cause?.message !== REFUSED) throw error;
    return fetch(url, init);
  });
}
