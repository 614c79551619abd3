import type { EvEnergy } from '../../client/ev-energy.js';
import type { ListOptions } from '../../client/options.js';
import type { OperationRow } from '../../client/resource/operation-row.js';
import { curlOf } from '../../contract/report/curl.js';
import { PAGE_SIZE } from '../../text/conventions.js';
import { clientFor } from '../client.js';
import type { Io } from '../io.js';

/** A call of the client that a command line asks for. */
export interface Call {
  readonly row: OperationRow;
  readonly place: readonly string[];
  readonly values: readonly unknown[];
  readonly params: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly options: ListOptions;
  readonly limit?: number | undefined;
}

/** A request as it would be sent, without its token. */
export interface Prepared {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Method = (...given: unknown[]) => Promise<unknown>;

/** Calls the client's method at that place. A list sends nothing until it is iterated. */
export function invoke(ev: EvEnergy, { row, place, values, params, body, options, limit }: Call): unknown {
  let within = ev as unknown as Record<string, unknown>;
  for (const name of place.slice(0, -1)) within = within[name] as Record<string, unknown>;
  const given = [...values, ...(row.body ? [body] : []), sized(row, params, limit), options];
  return (within[place.at(-1) ?? ''] as Method).apply(within, given);
}

/** Asks for no larger page than the limit needs. */
function sized(row: OperationRow, params: Call['params'], limit: number | undefined): Call['params'] {
  const { pageSize = 0 } = row;
  if (!limit || limit >= pageSize || PAGE_SIZE in params) return params;
  return { ...params, [PAGE_SIZE]: limit };
}

/**
 * Makes the first request of a call without sending it.
 * @throws ConfigurationError if the client would refuse to send it
 */
export async function requestOf(io: Io, call: Call): Promise<Prepared> {
  let prepared: Prepared | undefined;
  const { ev } = await clientFor(io, {
    // The curl line shows a variable instead.
    accessToken: 'token',
    auth: undefined,
    maxRetries: 0,
    logLevel: 'off',
    fetch: async (url, { method = 'GET', headers, body }) => {
      prepared = { method, url, headers: headers as Headers, body };
      throw new Error('nothing is sent');
    },
  });
  try {
    await invoke(ev, call);
  } catch (error) {
    if (!prepared) throw error;
  }
  if (!prepared) throw new Error('the call has sent no request');
  return prepared;
}

/** The `curl` that sends a request, for a POSIX shell. The token is that shell's variable. */
export function curl({ method, url, headers, body }: Prepared): string {
  const request = {
    method,
    url,
    headers: Object.fromEntries(headers),
    ...(typeof body === 'string' ? { body } : {}),
  };
  const command = curlOf({ request }, { request });
  // The content of a file doesn't go on a command line.
  return body === undefined || typeof body === 'string' ? command : `${command} --data-binary @FILE`;
}
