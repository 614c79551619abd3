import { readFile, stat } from 'node:fs/promises';
import { isLoopback } from '../../../src/client/url/origin.js';
import { inert } from '../../../src/text/words.js';
import { SpecError } from '../errors.js';

/** The published document has less than 1 MB; anything larger than this is not a document to read. */
export const MAX_BYTES = 20 * 1024 * 1024;
const MAX_REDIRECTS = 5;
/** Most characters of a server's text that a message shows. */
const LONGEST = 200;
const TIMEOUT_MS = 60_000;

export interface FetchOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole download, including the body. */
  timeoutMs?: number | undefined;
  maxBytes?: number | undefined;
}

/**
 * The text of a document at an https URL (http only on loopback) or in a file.
 *
 * @throws SpecError if it can't be read completely: unreachable, not 200, a redirect off https, too large, cut short,
 * too slow.
 */
export async function fetchText(from: string, options: FetchOptions = {}): Promise<string> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  return /^[a-z][a-z\d+.-]+:\/\//i.test(from)
    ? download(from, { ...options, maxBytes })
    : readLocal(from, maxBytes);
}

async function readLocal(file: string, maxBytes: number): Promise<string> {
  const { size } = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new SpecError(`Can't read ${file}: ${cause.code === 'ENOENT' ? 'no such file' : cause.message}`);
  });
  if (size > maxBytes) throw tooLarge(file, maxBytes);
  return decode(
    await readFile(file).catch((cause: Error) => {
      throw new SpecError(`Can't read ${file}: ${cause.message}`);
    }),
    file,
  );
}

async function download(from: string, options: FetchOptions & { maxBytes: number }): Promise<string> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const response = await followRedirects(from, signal);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new SpecError(`${from} answered ${response.status} ${short(response.statusText)}`.trim());
    }
    return decode(await readBody(response, from, options.maxBytes), from);
  } catch (cause) {
    if (cause instanceof SpecError) throw cause;
    options.signal?.throwIfAborted();
    if (timeout.aborted) {
      throw new SpecError(`${from} did not send the document within ${timeoutMs / 1000} s; try again later`);
    }
    throw new SpecError(`Can't download ${from}: ${reasonOf(cause)}`);
  }
}

/** Follows redirects by hand, since `fetch` would also follow one from https to http. */
async function followRedirects(from: string, signal: AbortSignal): Promise<Response> {
  let url = secureUrl(from);
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/yaml, application/json, text/yaml, */*;q=0.1' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url))
      throw new SpecError(`${from} redirects to '${short(location)}', which is not a URL`);
    const next = new URL(location, url);
    if (next.protocol !== url.protocol || !isSecure(next)) {
      throw new SpecError(
        `${from} redirects off ${url.protocol.slice(0, -1)}, to ${short(next.href)}; that is not followed`,
      );
    }
    url = next;
  }
  throw new SpecError(`${from} redirects more than ${MAX_REDIRECTS} times`);
}

function secureUrl(url: string): URL {
  if (!URL.canParse(url)) throw new SpecError(`'${url}' is not a URL`);
  const parsed = new URL(url);
  if (!isSecure(parsed))
    throw new SpecError(`'${url}' is not an https URL; a document is only taken over https`);
  return parsed;
}

/** Only loopback may do without TLS, since nobody is in between. */
function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

async function readBody(response: Response, from: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel();
      throw tooLarge(from, maxBytes);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, from: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SpecError(`${from} is not text in UTF-8, so neither JSON nor YAML`);
  }
}

function tooLarge(from: string, maxBytes: number): SpecError {
  return new SpecError(
    `${from} is larger than ${maxBytes / 1024 / 1024} MB, too large for an OpenAPI document`,
  );
}

/** A server's text, cut to what a message has room for. */
function short(text: string): string {
  return inert(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  if (message === 'terminated') return 'the connection ended before the whole document had come';
  return cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : message;
}
