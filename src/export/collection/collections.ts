import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { isRow, type OperationRow, type RowTable } from '../../client/resource/operation-row.js';
import { pathNames } from '../../client/wire/parameters.js';

/** A list of the client: where it hangs, and what it asks for. */
export interface List {
  /** The method's place in the client: `['things', 'logs', 'list']`. */
  readonly place: readonly string[];
  readonly row: OperationRow;
}

/** A collection in the order of a time by which it can be asked for in parts. */
export interface TimedCollection extends List {
  /** Its place in the client without the method: `things.logs`. */
  readonly name: string;
  /** The field of its items that orders them. */
  readonly by: string;
  readonly newestFirst: boolean;
  /** Items a page at most. */
  readonly pageSize: number;
  /** The lists that give the values of its path, from the outermost on. */
  readonly parents: readonly List[];
}

/** All such collections of the operations whose parents can be listed as well. */
export function timedCollections(table: RowTable): TimedCollection[] {
  const lists = listsOf(table, []);
  return lists.flatMap((list) => {
    const { row, place } = list;
    const { range, key, pageSize } = row;
    if (range === undefined || range !== key || pageSize === undefined || row.list !== 'cursor') return [];
    const parents = parentsOf(row.path, lists);
    if (!parents) return [];
    const name = place.slice(0, -1).join('.');
    return [{ place, row, name, by: range, newestFirst: row.order === 'desc', pageSize, parents }];
  });
}

function listsOf(table: RowTable, place: readonly string[]): List[] {
  return Object.entries(table).flatMap(([name, value]) => {
    if (!isRow(value)) return listsOf(value, [...place, name]);
    return value.list && value.method === 'GET' ? [{ place: [...place, name], row: value }] : [];
  });
}

/** For each `{…}` of the path the list whose path is what stands before it. */
function parentsOf(path: string, lists: readonly List[]): List[] | undefined {
  const parents = pathNames(path).map((name) => {
    const before = path.slice(0, path.indexOf(`/{${name}}`));
    return lists.find(({ row }) => row.path === before);
  });
  return parents.every((list) => list !== undefined) ? parents : undefined;
}

/**
 * The collection of that name: its place in the client (`things.logs`), its path, or the last part of either.
 * @throws ConfigurationError where there is none, or several
 */
export function chooseCollection(all: readonly TimedCollection[], name: string): TimedCollection {
  const wanted = plain(name);
  const exact = all.filter((one) => [one.name, one.row.path].some((text) => plain(text) === wanted));
  const found =
    exact.length > 0 ? exact : all.filter((one) => plain(one.name.split('.').at(-1) ?? '') === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = (found.length > 1 ? found : all).map((one) => one.name).join(', ');
  throw new ConfigurationError(
    found.length > 1
      ? `collection: '${name}' may be ${names}; give one of them`
      : `collection: '${name}' is no collection in the order of time; there are ${names}`,
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d.]/g, '');
}
