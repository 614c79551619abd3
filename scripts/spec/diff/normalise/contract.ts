import {
  isAskedFor,
  isObject,
  isPromised,
  type JsonObject,
  join,
  type Located,
  METHODS,
  type OpenApiDocument,
  readOperations,
  resolve,
  separatorOf,
} from '../../../../src/document/index.js';
import type { Wire } from '../witness/wire.js';

/** A parameter, or a header of an answer. */
export interface Part {
  /** Its identity: a header's name in lower case, a path parameter's position. */
  id: string;
  name: string;
  in: string;
  required: boolean;
  /** How a value becomes text; the same for all values other than lists and objects. */
  serialisation: string;
  /** How a value becomes text; absent where it is written in a media type. */
  wire?: Wire;
  pointer: string;
  value: JsonObject;
  schema: { pointer: string; value: unknown };
}

export interface Media {
  /** In lower case, without spaces. */
  id: string;
  name: string;
  pointer: string;
  value: JsonObject;
  schema: { pointer: string; value: unknown };
}

export interface Body {
  required: boolean;
  pointer: string;
  value: JsonObject;
  media: Media[];
}

export interface Answer {
  status: string;
  pointer: string;
  value: JsonObject;
  headers: Part[];
  media: Media[];
}

/** An operation, a webhook, or a callback of an operation, with everything in it resolved. */
export interface Endpoint {
  root: 'paths' | 'webhooks' | 'callbacks';
  method: string;
  path: string;
  pointer: string;
  value: JsonObject;
  /** Its name in the client: `evses.statusLogs.list`; webhooks and callbacks have none. */
  name?: string;
  parameters: Part[];
  body?: Body;
  answers: Answer[];
}

/** Every operation, webhook and callback of a document. */
export function readEndpoints(document: OpenApiDocument): Endpoint[] {
  const names = new Map(
    readOperations(document).map((operation) => [
      operation.pointer,
      [...operation.resource, operation.methodName].join('.'),
    ]),
  );
  return (['paths', 'webhooks'] as const).flatMap((root) => {
    const items = isObject(document[root]) ? document[root] : {};
    return Object.entries(items).flatMap(([path, source]) =>
      path.startsWith('x-')
        ? []
        : readItem({ document, root, names }, path, { value: source, pointer: join('#', root, path) }),
    );
  });
}

interface Context {
  document: OpenApiDocument;
  root: Endpoint['root'];
  names: ReadonlyMap<string, string>;
}

function readItem(context: Context, path: string, source: Located<unknown>): Endpoint[] {
  const { document, root, names } = context;
  const item = resolve(document, source.value, source.pointer);
  if (!isObject(item.value)) return [];
  return METHODS.flatMap((method): Endpoint[] => {
    const value = item.value[method];
    if (!isObject(value)) return [];
    const pointer = join(item.pointer, method);
    const name = names.get(pointer);
    // The client sends no body with these either (RFC 9110, section 9.3).
    const hasBody = value.requestBody !== undefined && !['get', 'head'].includes(method);
    const body = hasBody ? readBody(document, value.requestBody, pointer) : undefined;
    return [
      {
        root,
        method: method.toUpperCase(),
        path,
        pointer,
        value,
        ...(name !== undefined && { name }),
        parameters: readParameters(document, path, [
          { list: item.value.parameters, pointer: join(item.pointer, 'parameters') },
          { list: value.parameters, pointer: join(pointer, 'parameters') },
        ]),
        ...(body && { body }),
        answers: readAnswers(document, value.responses, join(pointer, 'responses')),
      },
      ...readCallbacks(
        context,
        `${method.toUpperCase()} ${path}`,
        value.callbacks,
        join(pointer, 'callbacks'),
      ),
    ];
  });
}

/** What the server sends to an address from a request: `POST /reports › callback done`. */
function readCallbacks(context: Context, operation: string, source: unknown, pointer: string): Endpoint[] {
  if (!isObject(source)) return [];
  return Object.entries(source).flatMap(([name, value]) => {
    const callback = resolve(context.document, value, join(pointer, name));
    if (!isObject(callback.value)) return [];
    return Object.entries(callback.value).flatMap(([expression, item]) =>
      expression.startsWith('x-')
        ? []
        : readItem({ ...context, root: 'callbacks' }, `${operation} › callback ${name} ${expression}`, {
            value: item,
            pointer: join(callback.pointer, expression),
          }),
    );
  });
}

/** An operation's own parameters replace those of its path item. */
function readParameters(
  document: OpenApiDocument,
  path: string,
  lists: readonly { list: unknown; pointer: string }[],
): Part[] {
  const positions = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
  const found = new Map<string, Part>();
  for (const { list, pointer } of lists) {
    for (const [index, source] of (Array.isArray(list) ? list : []).entries()) {
      const { value, pointer: at } = resolve(document, source, join(pointer, index));
      if (!isObject(value) || typeof value.name !== 'string') continue;
      const place = String(value.in);
      const lower = value.name.toLowerCase();
      if (place === 'header' && !isAskedFor(lower)) continue;
      const known =
        place === 'path' ? positions.indexOf(value.name) : place === 'header' ? lower : value.name;
      const part = readPart(document, `${place} ${known}`, value.name, place, value, at);
      found.set(part.id, part);
    }
  }
  return [...found.values()];
}

function readPart(
  document: OpenApiDocument,
  id: string,
  name: string,
  place: string,
  value: JsonObject,
  pointer: string,
): Part {
  const [media] = readMedia(document, value.content, join(pointer, 'content'));
  const style = value.style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const explode = value.explode ?? style === 'form';
  const schema = media?.schema ?? { pointer: join(pointer, 'schema'), value: value.schema ?? true };
  return {
    id,
    name,
    in: place,
    required: value.required === true,
    ...(media
      ? {}
      : { wire: { explode: explode === true, separator: separatorOf({ style: String(style) }) } }),
    serialisation: media?.id ?? (isScalar(document, schema) ? '' : `${style}${explode ? ', exploded' : ''}`),
    pointer,
    value,
    schema,
  };
}

/** The style only matters for lists and objects. */
function isScalar(document: OpenApiDocument, schema: { pointer: string; value: unknown }): boolean {
  const { value } = resolve<unknown>(document, schema.value, schema.pointer);
  if (!isObject(value) || value.type === undefined) return false;
  return ![value.type].flat().some((type) => type === 'array' || type === 'object');
}

function readBody(document: OpenApiDocument, source: unknown, operation: string): Body | undefined {
  const { value, pointer } = resolve(document, source, join(operation, 'requestBody'));
  if (!isObject(value)) return undefined;
  const media = readMedia(document, value.content, join(pointer, 'content'));
  if (media.length === 0) return undefined;
  return { required: value.required === true, pointer, value, media };
}

function readAnswers(document: OpenApiDocument, source: unknown, pointer: string): Answer[] {
  if (!isObject(source)) return [];
  return Object.entries(source).flatMap(([status, response]) => {
    if (status.startsWith('x-')) return [];
    const { value, pointer: at } = resolve(document, response, join(pointer, status));
    if (!isObject(value)) return [];
    const headers = Object.entries(isObject(value.headers) ? value.headers : {}).flatMap(([name, header]) => {
      const found = resolve(document, header, join(at, 'headers', name));
      const id = name.toLowerCase();
      if (!isObject(found.value) || !isPromised(id)) return [];
      return [readPart(document, id, name, 'header', found.value, found.pointer)];
    });
    const media = readMedia(document, value.content, join(at, 'content'));
    const normal = status.toLowerCase() === 'default' ? 'default' : status.toUpperCase();
    return [{ status: normal, pointer: at, value, headers, media }];
  });
}

function readMedia(document: OpenApiDocument, source: unknown, pointer: string): Media[] {
  if (!isObject(source)) return [];
  return Object.entries(source).flatMap(([name, media]) => {
    const { value, pointer: at } = resolve(document, media, join(pointer, name));
    if (!isObject(value)) return [];
    const schema = { pointer: join(at, 'schema'), value: value.schema ?? true };
    return [{ id: mediaTypeId(name), name, pointer: at, value, schema }];
  });
}

/** The same for the same media type. JSON is UTF-8, said or unsaid (RFC 8259, section 8.1). */
function mediaTypeId(name: string): string {
  const plain = name.toLowerCase().replace(/\s+/g, '');
  return plain.replace(/^([^;]*[/+]json)(.*);charset="?utf-8"?/, '$1$2');
}
