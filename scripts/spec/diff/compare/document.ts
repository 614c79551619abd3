import { isDeepStrictEqual } from 'node:util';
import {
  isObject,
  type JsonObject,
  join,
  type OpenApiDocument,
  readOperations,
  securityOf,
  serverUrl,
} from '../../../../src/document/index.js';
import type { Endpoint } from '../normalise/contract.js';
import type { Impact } from '../types.js';
import type { Difference } from './difference.js';
import { compareNotes } from './notes.js';

/** Compares the documents as a whole: servers, sign-in, and what they say about themselves. */
export function compareDocument(before: OpenApiDocument, after: OpenApiDocument): Difference[] {
  const about = (text: string, member: string) =>
    compareNotes({ text, pointer: `#/${member}` }, object(before[member]), object(after[member]));
  const own = ({ paths, webhooks, components, servers, info, openapi, security, ...rest }: OpenApiDocument) =>
    rest;
  return [
    ...compareNotes({ text: 'The document', pointer: '#' }, own(before), own(after)),
    ...about('info', 'info'),
    ...compareNamed('servers', serversOf(before), serversOf(after), () => true),
    ...compareNamed('components/securitySchemes', schemesOf(before), schemesOf(after), askedFor(after)),
  ];
}

/** Webhooks and callbacks are reported here; operations are reported through their methods. */
export function compareWebhooks(gone: readonly Endpoint[], added: readonly Endpoint[]): Difference[] {
  const tell = (endpoints: readonly Endpoint[], how: string, impact: Impact, rule: string) =>
    endpoints
      .filter(({ root }) => root !== 'paths')
      .map(
        ({ root, path, pointer }): Difference => ({
          message: `${root === 'webhooks' ? `Webhook ${path}` : path} ${how}`,
          pointer,
          pointers: [pointer],
          plan: { by: 'rule', impact, rule },
        }),
      );
  return [
    ...tell(gone, 'removed', 'breaking', 'whoever waits for it waits in vain'),
    ...tell(added, 'added', 'compatible', 'nobody gets it without asking for it'),
  ];
}

function compareNamed(
  section: string,
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
  isUsed: (name: string) => boolean,
): Difference[] {
  const kind = section === 'servers' ? 'Server' : 'Security scheme';
  const found: Difference[] = [];
  const add = (name: string, how: string, impact: Impact, rule: string) => {
    const pointer = join(`#/${section}`, name);
    found.push({
      message: `${kind} ${name} ${how}`,
      pointer,
      pointers: [pointer],
      plan: { by: 'rule', impact, rule },
    });
  };
  for (const [name, value] of before) {
    const now = after.get(name);
    if (!now && isUsed(name)) add(name, 'removed', 'breaking', 'it is in use');
    else if (!now)
      add(name, 'removed', 'compatible', 'no operation asks for it; the methods tell what they take');
    else if (now && !keeps(constraining(value), constraining(now)))
      add(name, 'changed', 'breaking', 'it is used in another way');
    if (now)
      found.push(
        ...compareNotes({ text: `${kind} ${name}`, pointer: join(`#/${section}`, name) }, value, now),
      );
  }
  for (const name of after.keys()) if (!before.has(name)) add(name, 'added', 'compatible', 'one more');
  return found;
}

/** Without descriptions and remarks. Scopes are left out too, since operations report them. */
function constraining(value: JsonObject): JsonObject {
  const { description, flows, ...rest } = value;
  const counted = Object.entries(rest).filter(([name]) => !name.startsWith('x-'));
  const urls = Object.entries(object(flows)).map(([name, flow]) => {
    const { scopes, ...endpoints } = object(flow);
    return [name, endpoints];
  });
  return { ...Object.fromEntries(counted), flows: Object.fromEntries(urls) };
}

/** Whether everything that was said still holds; more may have been added. */
function keeps(before: unknown, after: unknown): boolean {
  if (!isObject(before)) return isDeepStrictEqual(before, after);
  return isObject(after) && Object.entries(before).every(([name, value]) => keeps(value, after[name]));
}

function serversOf(document: OpenApiDocument): Map<string, JsonObject> {
  const servers = Array.isArray(document.servers) ? document.servers.filter(isObject) : [];
  return new Map(
    servers.map(({ variables, ...server }) => {
      const url = serverUrl({ ...server, variables }).replace(/(?<!\/)\/+$/, '');
      return [url, { ...server, url }];
    }),
  );
}

/**
 * Whether an operation asks for a way to sign in, by this name or by one that is declared nowhere. What it takes
 * instead is reported with its method.
 */
function askedFor(document: OpenApiDocument): (name: string) => boolean {
  const ways = readOperations(document).flatMap((operation) => securityOf(document, operation).flat());
  return (name) => ways.some((way) => way.name === name || !way.declared);
}

function schemesOf(document: OpenApiDocument): Map<string, JsonObject> {
  const schemes = object(object(document.components).securitySchemes);
  return new Map(Object.entries(schemes).map(([name, scheme]) => [name, object(scheme)]));
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
