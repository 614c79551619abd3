import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { isRow, type OperationRow, type RowTable } from '../../client/resource/operation-row.js';
import { pathNames } from '../../client/wire/parameters.js';
import { nearest } from '../../text/nearest.js';

/** One of the client's list methods, and the operation behind it. */
export interface List {
  /** Path to the method in the client: `['things', 'logs', 'list']`. */
  readonly place: readonly string[];
  readonly row: OperationRow;
}

/** A collection ordered by a time, which can be requested in parts by that time. */
export interface TimedCollection extends List {
  /** Its path in the client without the method: `things.logs`. */
  readonly name: string;
  /** The field of its items that they are ordered by. */
  readonly by: string;
  readonly newestFirst: boolean;
  /** Most items per page. */
  readonly pageSize: number;
  /** The lists that supply the values of its path, from the outermost on. */
  readonly parents: readonly List[];
}

/** All such collections among the operations, if their parents can be listed too. */
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

/** For each `{…}` of the path, the list whose path is the part before it. */
function parentsOf(path: string, lists: readonly List[]): List[] | undefined {
  const parents = pathNames(path).map((name) => {
    const before = path.slice(0, path.indexOf(`/{${name}}`));
    return lists.find(({ row }) => row.path === before);
  });
  return parents.every((list) => list !== undefined) ? parents : undefined;
}

/**
 * Finds a collection by name: its place in the client (`things.logs`), its path, or the last part of either.
 * @throws ConfigurationError if there is none, or more than one
 */
export function chooseCollection(all: readonly TimedCollection[], name: string): TimedCollection {
  const wanted = plain(name);
  const exact = all.filter((one) => [one.name, one.row.path].some((text) => plain(text) === wanted));
  const found =
    exact.length > 0 ? exact : all.filter((one) => plain(one.name.split('.').at(-1) ?? '') === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = (found.length > 1 ? found : all).map((one) => one.name).join(', ');
  const meant = nearest(
    plain(name),
    all.map((one) => plain(one.name)),
  );
  const likely = all.find((one) => plain(one.name) === meant);
  const there = all.length === 0 ? 'the document declares none (x-collection)' : `there are ${names}`;
  throw new ConfigurationError(
    found.length > 1
      ? `collection: '${name}' may be ${names}; give one of them`
      : `collection: '${name}' is not a collection that is ordered by time; ${likely ? `did you mean ${likely.name}?` : there}`,
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d.]/g, '');
}
