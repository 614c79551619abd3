import { serializeBody } from '../body.js';
import type { MediaType, Operation } from '../document/index.js';
import { essence, isJson } from './media.js';
import { sample } from './sample.js';
import type { Session } from './session.js';

/** A body as it goes over the wire. */
interface RequestBody {
  text: string;
  /** For the header Content-Type. */
  type: string;
}

export const JSON_TYPE = 'application/json';
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];
/** The same in each run, so that reports of two runs can be compared. */
const BOUNDARY = 'ev-energy-contract-boundary';

/** A body that an operation's document describes; undefined where none comes to mind. */
export async function requestBody(session: Session, operation: Operation): Promise<RequestBody | undefined> {
  const content = operation.requestBody?.content ?? [];
  const json = content.find(({ mediaType }) => isJson(essence(mediaType)));
  const media = json ?? content.find(({ mediaType }) => FORMS.includes(essence(mediaType) ?? ''));
  const value = media && bodyValue(session, media);
  if (media === undefined || value === undefined) return undefined;
  return json ? { text: JSON.stringify(value), type: json.mediaType } : form(value, media.mediaType);
}

/** An example that the schema accepts, else a made-up value. */
function bodyValue({ contract }: Session, { examples, schema, schemaPointer }: MediaType): unknown {
  const example = examples.find(
    ({ value }) => schemaPointer === undefined || contract.validation.accepts(schemaPointer, value),
  );
  return example ? example.value : sample(contract, schema ?? true, schemaPointer ?? '#');
}

/** All JSON bodies that the document shows for an operation and its schema accepts; one made up where there are none. */
export async function requestBodies(session: Session, operation: Operation): Promise<unknown[]> {
  const media = operation.requestBody?.content.find(({ mediaType }) => isJson(essence(mediaType)));
  if (!media) return [];
  const { contract } = session;
  const { examples, schemaPointer } = media;
  const values = examples
    .map(({ value }) => value)
    .filter((value) => schemaPointer === undefined || contract.validation.accepts(schemaPointer, value));
  const made = values.length > 0 ? undefined : bodyValue(session, media);
  return made === undefined ? values : [made];
}

async function form(value: unknown, mediaType: string): Promise<RequestBody | undefined> {
  const encoded = new Response(serializeBody(value, essence(mediaType) ?? mediaType));
  const type = encoded.headers.get('content-type') ?? mediaType;
  const text = await encoded.text();
  const boundary = /boundary=(.+)$/.exec(type)?.[1];
  return boundary === undefined
    ? { text, type: mediaType }
    : { text: text.replaceAll(boundary, BOUNDARY), type: type.replace(boundary, BOUNDARY) };
}
