import { declaredResponse } from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { Problem } from '../problems.js';
import type { Call, Versioning, World } from '../world.js';

/**
 * Refuses an Accept header that excludes all that the operation can answer with. If the operation declares no 406, the
 * header is ignored, as a server may do (RFC 9110, section 12.5.1).
 *
 * @throws Problem 406.
 */
export function negotiate({ operation, request }: Call): void {
  const { accept } = request.headers;
  const offered = operation.responses
    .filter((response) => response.status.startsWith('2'))
    .flatMap((response) => response.content.map((content) => content.mediaType));
  if (accept === undefined || offered.length === 0 || offered.some((type) => accepts(accept, type))) return;
  if (!declaredResponse(operation, 406)) return;
  throw new Problem(406, 'Not acceptable', `The Accept header excludes ${offered.join(', ')}.`);
}

/**
 * Whether an Accept header allows a media type. The most specific range decides, and a weight of 0 excludes (RFC 9110,
 * section 12.5.1).
 */
export function accepts(accept: string, mediaType: string): boolean {
  const offered = readRange(mediaType);
  const matches = splitList(accept, ',').flatMap((text) => {
    const range = readRange(text);
    const precision = precisionOf(range, offered);
    return precision === undefined ? [] : [{ precision, weight: range.weight }];
  });
  const most = Math.max(...matches.map(({ precision }) => precision));
  return matches.some(({ precision, weight }) => precision === most && weight > 0);
}

interface MediaRange {
  type: string;
  parameters: ReadonlyMap<string, string>;
  weight: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...rest] = splitList(text, ';').map((part) => part.trim());
  const parameters = new Map<string, string>();
  let weight = 1;
  for (const part of rest) {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    if (name.toLowerCase() === 'q') weight = Number(value);
    // The charset makes no difference here: everything is UTF-8.
    else if (name.toLowerCase() !== 'charset') {
      parameters.set(name.toLowerCase(), value.replace(/^"|"$/g, '').toLowerCase());
    }
  }
  return { type: type.toLowerCase(), parameters, weight };
}

/** How closely a range matches what is offered; undefined if it doesn't. */
function precisionOf(range: MediaRange, offered: MediaRange): number | undefined {
  if (range.type === '*/*') return 0;
  if (range.type === `${offered.type.split('/')[0]}/*` || offered.type.endsWith('/*')) {
    const [main] = range.type.split('/');
    return offered.type === '*/*' || offered.type.startsWith(`${main}/`) ? 1 : undefined;
  }
  if (range.type !== offered.type && offered.type !== '*/*') return undefined;
  // A parameter that the document doesn't mention is no reason to refuse.
  const known = [...range.parameters].filter(([name]) => offered.parameters.has(name));
  if (known.some(([name, value]) => offered.parameters.get(name) !== value)) return undefined;
  return 2 + known.length;
}

/** Splits a list at the separator, except inside quotes. */
function splitList(text: string, separator: string): string[] {
  return text.match(new RegExp(`(?:"(?:[^"\\\\]|\\\\.)*"|[^"${separator}])+`, 'g')) ?? [];
}

/**
 * The version that answers; undefined if the document has no version header.
 *
 * @throws Problem 400 for a version that isn't supported.
 */
export function chooseVersion(request: FakeRequest, { versioning }: World): string | undefined {
  if (!versioning) return undefined;
  const asked = request.headers[versioning.header.toLowerCase()];
  if (asked === undefined) return versioning.supported[0];
  const version = versioning.supported.find((known) => Number(known) === Number(asked));
  if (version !== undefined) return version;
  throw unsupportedVersion(versioning, String(asked));
}

function unsupportedVersion(versioning: Versioning, asked: string): Problem {
  const supported = versioning.supported.join(', ');
  return new Problem(400, 'Unsupported version', `Version '${asked}' isn't supported, only ${supported}.`, {
    kind: 'validation-failed-version',
    fieldErrors: { [versioning.header]: [`must be ${supported}`] },
    instead: [406, 422],
  });
}
