import { writeBody } from '../../client/wire/body.js';
import { essence, isJson, type MediaType, type Operation } from '../../document/index.js';
import { schemasOf } from '../../testing/api/schemas.js';
import { Maker } from '../../testing/made/maker.js';
import type { Contract } from '../model/contract.js';
import { sample } from './sample.js';

/** A body as it is sent. */
interface RequestBody {
  text: string;
  /** Value of the Content-Type header. */
  type: string;
}

export const JSON_TYPE = 'application/json';
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];
/** The same in each run, so that reports can be compared. */
const BOUNDARY = 'ev-energy-contract-boundary';

/** Makes a body for an operation; undefined if that isn't possible. */
export async function requestBody(
  contract: Contract,
  operation: Operation,
): Promise<RequestBody | undefined> {
  const json = jsonBody(operation);
  const content = operation.requestBody?.content ?? [];
  const media = json ?? content.find(({ mediaType }) => isForm(mediaType));
  if (!media) return content[0] && anyBytes(content[0]);
  const [value] = bodyValues(contract, media);
  if (value === undefined) return undefined;
  return json ? { text: JSON.stringify(value), type: json.mediaType } : form(value, media.mediaType);
}

/** For text or a file: any bytes will do. */
function anyBytes({ mediaType }: MediaType): RequestBody {
  const type = mediaType.replace(/^\*\/\*$/, 'application/octet-stream').replace(/\/\*$/, '/plain');
  return { text: 'x', type };
}

function isForm(mediaType: string): boolean {
  return FORMS.includes(essence(mediaType) ?? '');
}

/** The JSON media type of an operation's body, if it takes JSON. */
export function jsonBody({ requestBody }: Operation): MediaType | undefined {
  return requestBody?.content.find(({ mediaType }) => isJson(mediaType));
}

/** The examples that the schema accepts, else a made-up value; empty if none can be made. */
export function bodyValues(contract: Contract, media: MediaType): unknown[] {
  const { examples, schema, schemaPointer } = media;
  const values = examples
    .map(({ value }) => value)
    .filter((value) => schemaPointer === undefined || contract.acceptsSent(schemaPointer, value));
  if (values.length > 0) return values;
  const small = sample(contract, schema ?? true, schemaPointer ?? '#');
  if (schemaPointer === undefined) return [small];
  const made = contract.acceptsSent(schemaPointer, small) ? small : madeFor(contract, schemaPointer);
  return made === undefined ? [] : [made];
}

/** What the fake would make: slower, but it can handle more schemas. */
function madeFor({ document }: Contract, pointer: string): unknown {
  return new Maker(document, schemasOf(document)).make(pointer, { seed: pointer, sent: true });
}

async function form(value: unknown, mediaType: string): Promise<RequestBody | undefined> {
  const encoded = new Response(writeBody(value, essence(mediaType), undefined).content);
  const type = encoded.headers.get('content-type') ?? mediaType;
  const text = await encoded.text();
  const boundary = /boundary=(.+)$/.exec(type)?.[1];
  return boundary === undefined
    ? { text, type: mediaType }
    : { text: text.replaceAll(boundary, BOUNDARY), type: type.replace(boundary, BOUNDARY) };
}
