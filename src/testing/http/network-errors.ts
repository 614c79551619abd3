/** What `fetch` rejects with if no answer comes: a TypeError whose cause says why, as in Node. */
export function networkError(code: string, why: string): TypeError {
  return new TypeError('fetch failed', { cause: coded(code, why) });
}

/** The connection broke before an answer came. */
export function connectionReset(): TypeError {
  return networkError('ECONNRESET', 'The fake was told to break the connection');
}

/** The connection broke in the middle of a body: reading the body rejects with this. */
export function brokenOff(): TypeError {
  const cause = coded('ECONNRESET', 'The fake was told to break the connection in the middle of the body');
  return new TypeError('terminated', { cause });
}

/** Whether the error is a connection that was broken on purpose. */
export function isConnectionReset(error: unknown): boolean {
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return false;
  return 'code' in error.cause && error.cause.code === 'ECONNRESET';
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
