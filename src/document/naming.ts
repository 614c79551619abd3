/** Where an operation lives in the client: `GET /evses/{evse_id}/status_logs` → `evses.statusLogs.list`. */
export interface MethodName {
  resource: string[];
  methodName: string;
}

/** What naming has to know of an operation and of its neighbours in the document. */
export interface Named {
  method: string;
  path: string;
  /** Answers with an array, or is paged. */
  isList: boolean;
}

/** Every path of the document with its methods (upper case): a name depends on what stands beside. */
export type Paths = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Derives the method name from path and method. A document overrides it with `x-method-name: 'a.b.c'`.
 *
 * Collections (`/evses`) list and create, items (`/evses/{id}`) are retrieved, updated and deleted, a POST on
 * a singular last segment that is nothing else (`/evses/{id}/reconnect`) or an `:action` is a method itself.
 */
export function nameMethod(operation: Named, paths: Paths): MethodName {
  const { path, action } = splitAction(operation.path);
  const segments = path.split('/').filter(Boolean);
  const literals = segments.filter((segment) => !isParameter(segment)).map(camelCase);
  if (action) return { resource: literals, methodName: camelCase(action) };
  const last = segments.at(-1);
  if (last !== undefined && !isParameter(last) && isAction(operation, last, paths)) {
    return { resource: literals.slice(0, -1), methodName: literals.at(-1) ?? 'call' };
  }
  const onItem = last !== undefined && isParameter(last);
  return { resource: literals, methodName: standardName(operation, onItem, paths) };
}

/** `evse_makes` → `evseMakes`; other characters than letters and digits part the words. */
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
    // With both on one path, PATCH changes the resource and PUT replaces it (RFC 9110, section 9.3.4).
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

function isAction(operation: Named, last: string, paths: Paths): boolean {
  if (operation.method !== 'POST' || paths.get(operation.path)?.size !== 1) return false;
  const plural = last.endsWith('s') && !last.endsWith('ss');
  return !plural && ![...paths.keys()].some((path) => path.startsWith(`${operation.path}/`));
}

function has(operation: Named, paths: Paths, method: string): boolean {
  return paths.get(operation.path)?.has(method) ?? false;
}

/** Whether the path without its last parameter can be read: that one is the collection, this one its item. */
function hasCollection(operation: Named, paths: Paths): boolean {
  return paths.get(itemOf(operation.path) ?? '')?.has('GET') ?? false;
}

/** The collection that a path is an item of: `/evses/{id}` → `/evses`. */
function itemOf(path: string): string | undefined {
  return /^(.*)\/\{[^{}/]+\}$/.exec(path)?.[1];
}

function splitAction(path: string): { path: string; action?: string } {
  const match = /^(.*):([A-Za-z][\w-]*)$/.exec(path);
  return match ? { path: match[1] ?? '', action: match[2] ?? '' } : { path: path.replace(/\/+$/, '') };
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
