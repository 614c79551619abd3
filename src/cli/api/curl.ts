import { curlOf } from '../../contract/report/curl.js';
import type { Prepared } from './call.js';

/** The `curl` that sends a request, for a POSIX shell. The token is that shell's variable. */
export function curl({ method, url, headers, body }: Prepared): string {
  const request = {
    method,
    url,
    headers: Object.fromEntries(headers),
    ...(typeof body === 'string' ? { body } : {}),
  };
  const command = curlOf({ request }, { request });
  // What a file holds doesn't stand in a line.
  return body === undefined || typeof body === 'string' ? command : `${command} --data-binary @FILE`;
}
