import { DEEPEST_JSON, isTooDeep } from '../../document/index.js';
import { misspelt } from '../../text/misspelt.js';
import { UsageError } from '../exit.js';
import type { Io } from '../io.js';
import type { Asked } from './asked.js';
import { bytesAt, bytesOfInput } from './bytes.js';

/**
 * The body of a request: what `--body` gives, with the members that have options of their own.
 * @throws UsageError if it can't be read, has a misspelt member, or is missing though the operation needs one
 */
export async function bodyOf(io: Io, asked: Asked): Promise<unknown> {
  const body = await givenBody(io, asked);
  const { bodyNames } = await import('../../../generated/body-names.js');
  const wrong = misspelt(body, bodyNames[asked.row.id]);
  if (wrong) throw new UsageError(wrong);
  return body;
}

async function givenBody(io: Io, { row, entry, fields, flags }: Asked): Promise<unknown> {
  const given = flags.body === undefined ? undefined : await bytesOf(io, flags.body);
  const hasFields = Object.keys(fields).length > 0;
  if (given === undefined && !hasFields) {
    if (!entry.needsBody) return undefined;
    const options = entry.fields ? ', or its members by the options that --help shows' : '';
    throw new UsageError(`A body is missing: give --body @file.json${options}.`);
  }
  if (given === undefined) return fields;
  const takesFiles = typeof row.body === 'string' && !/[/+]json$|^multipart\/|urlencoded$/.test(row.body);
  if (takesFiles) return given;
  const body = parsed(given, flags.body ?? '');
  if (!hasFields) return body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new UsageError(
      '--body is not a JSON object, so no members can be added to it. Leave out one of the two.',
    );
  return { ...body, ...fields };
}

async function bytesOf(io: Io, body: string): Promise<Uint8Array> {
  // curl writes it as `@-`.
  if (body === '-' || body === '@-') return bytesOfInput(io, '--body: ');
  return body.startsWith('@') ? bytesAt(body.slice(1), '--body: ') : Buffer.from(body);
}

function parsed(bytes: Uint8Array, from: string): unknown {
  const what = /^@?-$/.test(from) ? 'standard input' : from.startsWith('@') ? from.slice(1) : 'the text';
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  // Later code walks through the body recursively.
  if (isTooDeep(text)) throw new UsageError(`--body: ${what} is nested deeper than ${DEEPEST_JSON} levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes what may be a secret.
    const place = /position \d+/.exec((error as Error).message)?.[0];
    throw new UsageError(
      `--body: ${what} is not JSON${place ? ` (${place})` : ''}. Write an object, @file.json, or - for standard input.`,
    );
  }
}
