import { isLoopback as isLoopbackUrl } from '../../client/url/origin.js';

/** Whether a server is on this machine. */
export function isLoopback(url: string): boolean {
  return isLoopbackUrl(new URL(url));
}
