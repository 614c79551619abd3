import { isVerbal } from './verbs.js';

/** Where to find an operation in the client: `GET /evses/{evse_id}/status_logs` → `evses.statusLogs.list`. */
export interface MethodName {
  resource: string[];
  methodName: string;
}

/** What naming needs to know of an operation. */
export interface Named {
  method: string;
  path: string;
  /** Answers with an array, or is paged. */
  isList: boolean;
}

/** Every path of the document with its methods (upper case): a name also depends on neighbouring paths. */
export type Paths = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Derives the method name from path and method. A document overrides it with `x-method-name: 'a.b.c'`.
 *
 * Collections (`/evses`) list and create; items (`/evses/{id}`) are retrieved, updated and deleted; the path `/` is the
 * resource `root`. If the last segment reads as an action or a choice, it becomes a method of what precedes it: see
 * `isAction`.
 */
export function nameMethod(operation: Named, paths: Paths): MethodName {
  const { path, action } = splitAction(operation.path);
  const segments = path.split('/').filter(Boolean);
  const literals = segments.filter((segment) => !isParameter(segment)).map(camelCase);
  if (action) return usable({ resource: literals, methodName: camelCase(action) });
  const last = segments.at(-1);
  if (last !== undefined && !isParameter(last) && isAction(operation, segments, paths)) {
    return usable({ resource: literals.slice(0, -1), methodName: literals.at(-1) ?? 'call' });
  }
  const onItem = last !== undefined && isParameter(last);
  const resource = literals.length > 0 ? literals : ['root'];
  return usable({ resource, methodName: standardName(operation, onItem, paths) });
}

/** The name that the document sets itself, with dots: `evses.statusLogs.list`. */
export function givenName(name: string): MethodName {
  const parts = name.split('.').map((part) => (/^[A-Za-z][A-Za-z0-9]*$/.test(part) ? part : camelCase(part)));
  return usable({ resource: parts.slice(0, -1), methodName: parts.at(-1) ?? 'call' });
}

/**
 * Names that already mean something on every object: a member of that name wouldn't compile, or would be mistaken for
 * the inherited one.
 */
const TAKEN = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then']);

/** Members of the client itself, next to its resources. */
export const CLIENT_MEMBERS: readonly string[] = ['api', 'quota', 'withOptions'];

/** Makes each part of the name usable as a member: `/constructor` becomes `constructor_`. */
export function usable({ resource, methodName }: MethodName): MethodName {
  const parts = [...resource, methodName].map((part, index) =>
    TAKEN.has(part) || (index === 0 && CLIENT_MEMBERS.includes(part)) ? `${part}_` : part,
  );
  return { resource: parts.slice(0, -1), methodName: parts.at(-1) ?? methodName };
}

/** `evse_makes` → `evseMakes`; any character that isn't a letter or digit separates words. */
export function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const [first = '_', ...rest] = words;
  const name = lowerFirst(first) + rest.map(upperFirst).join('');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** `evse_makes` → `EvseMakes`. */
export function pascalCase(text: string): string {
  return upperFirst(camelCase(text));
}

/** The names of the path parameters, in the order of the path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

function standardName(operation: Named, onItem: boolean, paths: Paths): string {
  const hasItems = !onItem && [...paths.keys()].some((path) => itemOf(path) === operation.path);
  switch (operation.method) {
    case 'GET':
      return hasItems || (operation.isList && !(onItem && hasCollection(operation, paths)))
        ? 'list'
        : 'retrieve';
    case 'POST':
      return 'create';
    // If a path has both, PATCH changes the resource and PUT replaces it (RFC 9110, section 9.3.4).
    case 'PUT':
      return has(operation, paths, 'PATCH') ? 'replace' : hasItems ? 'updateAll' : 'update';
    case 'PATCH':
      return hasItems ? 'updateAll' : 'update';
    case 'DELETE':
      return hasItems ? 'deleteAll' : 'delete';
    default:
      return operation.method.toLowerCase();
  }
}

/**
 * Whether the last segment is a method rather than a resource. It must be the path's only operation, with nothing below
 * it, and
 *
 * - be a verb: `GET /compatibility/check`, `POST /sessions/{id}/recalculate_energy_usages`; unless it lists what the
 *   word names, as `GET /evses/{id}/process_logs` does;
 * - or be a POST on one thing, not on several: `POST /evses/{id}/reconnect`, `POST /onboarding/onboarding_link`;
 * - or be a GET that picks one thing of what a fixed segment names: `GET /users/me`, `GET /versions/current`. After an
 *   id it is a part of that item instead, which may become changeable one day: `GET /evses/{id}/connectivity`.
 */
function isAction(operation: Named, segments: readonly string[], paths: Paths): boolean {
  const { method, path } = operation;
  const hasMore = [...paths.keys()].some((other) => other.startsWith(`${path}/`) && other !== `${path}/`);
  if (hasMore || paths.get(path)?.size !== 1) return false;
  const last = segments.at(-1) ?? '';
  const owner = segments.at(-2);
  const plural = /[^s]s$/i.test(last);
  if (method === 'POST') return !plural || isVerbal(last);
  // A path's first segment is always a resource.
  if (owner === undefined || (operation.isList && plural)) return false;
  return isVerbal(last) || (method === 'GET' && !operation.isList && !isParameter(owner));
}

function has(operation: Named, paths: Paths, method: string): boolean {
  return paths.get(operation.path)?.has(method) ?? false;
}

/** Whether the path without its last parameter can be read: then it is the collection, and this path its item. */
function hasCollection(operation: Named, paths: Paths): boolean {
  return paths.get(itemOf(operation.path) ?? '')?.has('GET') ?? false;
}

/** The collection that a path is an item of: `/evses/{id}` → `/evses`. */
function itemOf(path: string): string | undefined {
  return /^(.*)\/\{[^{}/]+\}$/.exec(path)?.[1];
}

function splitAction(path: string): { path: string; action?: string } {
  const match = /^(.*):([A-Za-z][\w-]*)$/.exec(path);
  return match ? { path: match[1] ?? '', action: match[2] ?? '' } : { path: path.replace(/(?<!\/)\/+$/, '') };
}

function isParameter(segment: string): boolean {
  return segment.includes('{');
}

// A run of capitals is one word: `EVSEMakes` → `evseMakes`, `ID` → `id`.
function lowerFirst(word: string): string {
  return word.replace(/^[A-Z]+(?=[A-Z][a-z]|$|\d)|^[A-Z]/, (capitals) => capitals.toLowerCase());
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
