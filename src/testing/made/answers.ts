import {
  declaredResponse,
  hasChoices,
  isJson,
  isObject,
  type MediaType,
  NOT_FILTERS,
  type Operation,
  properties,
  type ResponseSpec,
  resolve,
  type Schema,
} from '../../document/index.js';
import { accepts } from '../api/negotiation.js';
import { notFound, Problem } from '../problems.js';
import { follow } from '../resources/follow.js';
import { requireCursors } from '../resources/pagination.js';
import { keysOf, parentOf } from '../resources/reading.js';
import type { Resource } from '../resources/resource.js';
import { changesOf } from '../resources/writing.js';
import type { Answer, Call, Handler, Schemas } from '../world.js';
import { jsonOf, statusOf, successOf } from './collections.js';
import type { Maker } from './maker.js';
import { asTyped } from './place.js';
import type { MadeTables } from './tables.js';

/** Headers that every answer gets anyway, with their current values. */
const KNOWN_HEADERS = /^(x-ratelimit-(limit|remaining)|content-(type|length)|link)$/i;
/** What a header may say (RFC 9110, section 5.5), without letters beyond ASCII. */
const HEADER_TEXT = /^[\x20-\x7e]+$/;
/** Content of a made file: an image of one transparent pixel (GIF89a). */
const FILE = Uint8Array.from(atob('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='), (c) =>
  c.charCodeAt(0),
);

/** What is needed to make answers. */
export interface Means {
  maker: Maker;
  tables: Pick<MadeTables, 'fieldsAt'>;
  schemas: Pick<Schemas, 'check'>;
  seed: string;
}

/**
 * Answers operations that the data doesn't know and that aren't about items of a collection. What is at an address is
 * made once; a PATCH or PUT there changes it, and after a DELETE it is gone until it is set again, or back in its first
 * state if the document has no answer for what is gone.
 */
export class MadeAnswers {
  readonly #means: Means;
  readonly #changes = new Map<string, Resource>();
  readonly #deleted = new Set<string>();

  constructor(means: Means) {
    this.#means = means;
  }

  handlerOf(operation: Operation): Handler {
    return (call) => {
      const parent = parentOf(call);
      requireCursors(call);
      const address = call.request.url.pathname.replace(/\/$/, '');
      this.#keep(call, address);
      if (this.#deleted.has(address)) refuseDeleted(operation, address);
      const fields = {
        ...this.#means.tables.fieldsAt(operation, keysOf(call), parent),
        ...pathValues(call),
        ...this.#changes.get(address),
        ...(operation.method === 'POST' ? changesOf(call) : {}),
        ...(operation.method === 'GET' ? choices(call) : {}),
      };
      return this.answer(call, fields, address);
    };
  }

  #keep(call: Call, address: string): void {
    if (call.operation.method === 'DELETE') {
      this.#changes.delete(address);
      this.#deleted.add(address);
    } else if (/^(PATCH|PUT)$/.test(call.operation.method)) {
      this.#changes.set(address, {
        ...this.#changes.get(address),
        ...changesOf(call, undefined, this.#at(call)),
      });
      this.#deleted.delete(address);
    } else if (call.operation.method === 'POST') this.#deleted.delete(address);
  }

  /** What a GET of an address returns. */
  #at(call: Call): Resource {
    const { places } = call.world;
    const below = call.request.url.pathname.slice(places.basePath.length);
    const shown = follow(places.linkBase + below, call);
    return isObject(shown) ? shown : {};
  }

  /** Why an operation has no answer: it declares no success, or we found no value that fits its schema. */
  lackOf(operation: Operation): string | undefined {
    const success = successOf(operation);
    if (!success) return `the document declares no success of ${operation.id}`;
    const content = jsonOf(success);
    const pointer = content?.schemaPointer;
    if (
      pointer === undefined ||
      content?.examples.some(({ value }) => !this.#means.schemas.check(pointer, value))
    )
      return undefined;
    const made = this.#means.maker.make(pointer, { seed: this.#means.seed });
    return made === undefined ? unmade(operation, pointer) : undefined;
  }

  /** A success as the document describes it, with these fields in its body if they fit. */
  answer(call: Call, fields: Resource, seed: string): Answer {
    const { operation } = call;
    const usual = operation.method === 'POST' ? 201 : 200;
    const success = successOf(operation, usual);
    const status = statusOf(operation, usual);
    const headers = this.#headers(success, status, call);
    const content = success && chosen(success, call.request.headers.accept);
    if (!content || status === 204) return { status, headers };
    const type = content.mediaType.replace(/^\*\/\*$/, 'application/octet-stream').replace(/\/\*$/, '/gif');
    const given = this.#inEnvelope(call, content, fields, seed);
    const whole = this.#body(call, content, given, `${seed} ${operation.path}`);
    const value = this.#selected(call, content, whole);
    return { status, headers: { ...headers, 'Content-Type': type }, body: written(value, type) };
  }

  /** For a list that isn't a collection: items that match the query, as far as the schema allows. */
  #selected({ query }: Call, { schemaPointer: pointer }: MediaType, value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    const isField = (name: string) => value.some((item) => isObject(item) && Object.hasOwn(item, name));
    const filters = Object.entries(query).filter(([name]) => !NOT_FILTERS.includes(name) && isField(name));
    if (filters.length === 0) return value;
    const selected = value.filter(
      (item) =>
        isObject(item) &&
        filters.every(([name, asked]) => [asked].flat().map(String).includes(String(item[name]))),
    );
    return pointer !== undefined && this.#means.schemas.check(pointer, selected) ? value : selected;
  }

  /** Adds a body to a collection's answer, if the document describes one and there is none yet. */
  completed(answer: Answer, call: Call): Answer {
    const success = successOf(call.operation, answer.status);
    const { mediaType, schemaPointer: pointer } = jsonOf(success) ?? {};
    const type = mediaType === undefined ? {} : { 'Content-Type': mediaType };
    const headers = { ...this.#headers(success, answer.status, call), ...type, ...answer.headers };
    if (answer.body !== undefined || pointer === undefined) return { ...answer, headers };
    const seed = `${this.#means.seed} ${call.request.url.pathname}`;
    return { ...answer, headers, body: this.#means.maker.make(pointer, { seed }) };
  }

  /** The fields as those of the object in an envelope, such as `{ data: { id, … } }`, where the body is one. */
  #inEnvelope({ world, path }: Call, { schemaPointer }: MediaType, fields: Resource, seed: string): Resource {
    if (schemaPointer === undefined) return fields;
    const members = properties(world.document, { $ref: schemaPointer });
    if ([...members.keys()].some((name) => name in fields)) return fields;
    const id = Object.values(path).at(-1);
    const held = { ...fields, ...(id === undefined ? {} : { id: fields[Object.keys(path).at(-1) ?? ''] }) };
    const [only, ...others] = [...members].filter(([, { value, pointer }]) => {
      const known = properties(world.document, value, pointer);
      return Object.keys(held).some((name) => known.has(name));
    });
    if (only === undefined || others.length > 0) return fields;
    const [name, { pointer }] = only;
    const made = this.#means.maker.make(pointer, { seed: `${this.#means.seed} ${seed}`, fields: held });
    return made === undefined ? fields : { ...fields, [name]: made };
  }

  #body({ operation, world }: Call, content: MediaType, fields: Resource, seed: string): unknown {
    const { schemaPointer, mediaType } = content;
    const { liveBase, linkBase } = world.places;
    const examples = content.examples.map(({ value }) => ({ value: moved(value, liveBase, linkBase) }));
    const { maker, schemas } = this.#means;
    const isFit = (value: unknown) => schemaPointer === undefined || !schemas.check(schemaPointer, value);
    const example = examples.find(({ value }) => !isJson(mediaType) || isFit(value))?.value;
    if (schemaPointer === undefined || !isJson(mediaType)) {
      return example ?? (isJson(mediaType) ? {} : textOrFile(mediaType));
    }
    const wished = isObject(example) ? { ...example, ...fields } : fields;
    if (example !== undefined && !isObject(example)) return structuredClone(example);
    const made = maker.make(schemaPointer, { seed: `${this.#means.seed} ${seed}`, fields: wished });
    if (made !== undefined) return made;
    throw new Problem(501, 'Not implemented', `${unmade(operation, schemaPointer)}.`);
  }

  /** The headers that the document describes, without those that every answer gets. */
  #headers(success: ResponseSpec | undefined, status: number, call: Call): Record<string, string> {
    const { maker, seed } = this.#means;
    const described = (success?.headers ?? []).filter(({ name }) => {
      return !KNOWN_HEADERS.test(name) && name.toLowerCase() !== call.world.versioning?.header.toLowerCase();
    });
    const headers = described.map(({ name, examples, schemaPointer }) => {
      const shown = examples.map(({ value }) => headerText(value)).find((text) => HEADER_TEXT.test(text));
      const made = () => schemaPointer && maker.make(schemaPointer, { seed: `${seed} ${name}` });
      return [name, shown ?? headerText(made() ?? '')] as const;
    });
    const redirects = status >= 300 && status < 400 && !headers.some(([name]) => /^location$/i.test(name));
    return {
      ...Object.fromEntries(headers.filter(([, value]) => HEADER_TEXT.test(value))),
      ...(redirects ? { Location: `${call.world.places.linkBase}/` } : {}),
    };
  }
}

/** The value, with addresses below one base moved to another, so that whoever follows them stays at the fake. */
function moved(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.startsWith(`${from}/`) ? to + value.slice(from.length) : value;
  if (Array.isArray(value)) return value.map((one) => moved(one, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, moved(one, from, to)]));
}

/**
 * A value in a header: a list separated by commas, an object as alternating names and values (OpenAPI 3.1, style
 * `simple`).
 */
function headerText(value: unknown): string {
  return isObject(value) ? Object.entries(value).flat().map(String).join(',') : String(value);
}

function unmade({ id }: Operation, pointer: string): string {
  return `no value was found that fits the schema of ${id} at ${pointer}`;
}

/** @throws Problem for reading what was deleted, with the status that the document declares for that, if any. */
function refuseDeleted(operation: Operation, address: string): void {
  if (operation.method !== 'GET' && operation.method !== 'HEAD') return;
  const detail = `There is nothing at '${address}' any more.`;
  if (declaredResponse(operation, 404)) throw notFound(detail);
  if (declaredResponse(operation, 410)) throw new Problem(410, 'Gone', detail);
}

/** The content type that the caller accepts, JSON preferred. */
function chosen({ content }: ResponseSpec, accept: string | undefined): MediaType | undefined {
  const accepted = content.filter(({ mediaType }) => accept === undefined || accepts(accept, mediaType));
  return accepted.find(({ mediaType }) => isJson(mediaType)) ?? accepted[0] ?? content[0];
}

function textOrFile(mediaType: string): unknown {
  if (/[/+]xml\b/.test(mediaType)) return '<made/>';
  return mediaType.startsWith('text/') ? 'made\n' : FILE;
}

/** Serialises JSON that would otherwise be sent as text. */
function written(value: unknown, mediaType: string): unknown {
  if (isJson(mediaType)) return typeof value === 'string' ? JSON.stringify(value) : value;
  return typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value);
}

/** The path's values in the types of their schemas: an id that is a number is a number in the body too. */
function pathValues({ path, operation, world }: Call): Resource {
  return Object.fromEntries(
    Object.entries(path).map(([name, text]) => {
      const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
      const schema =
        parameter && resolve<Schema>(world.document, parameter.schema, parameter.schemaPointer).value;
      return [name, schema === undefined ? text : asTyped(schema, text)];
    }),
  );
}

/** What the query chose from a list, such as a resolution: the made object shows the chosen value. */
function choices({ query, operation, world }: Call): Resource {
  const chosen = operation.parameters.filter(
    ({ name, in: place, schema = true, schemaPointer }) =>
      place === 'query' &&
      typeof query[name] === 'string' &&
      hasChoices(world.document, schema, schemaPointer),
  );
  return Object.fromEntries(chosen.map(({ name }) => [name, query[name]]));
}
