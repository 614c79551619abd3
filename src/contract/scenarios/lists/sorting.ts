import { NotApplicable, NotCovered } from '../../errors.js';
import type { Scenario } from '../../model/rule.js';
import { wholePage } from '../../probe/make-probe.js';
import { follow, following, type Page, readPage, readWhole } from './pages.js';

/** Items per page of the small walk. */
const SMALL = 3;
/** Fields that a list is sorted by: enough to show whether the parameter is heeded. */
const FIELDS = 2;

/** A collection that was asked for in an order. */
export interface Sorted {
  field: string;
  isDescending: boolean;
  /** In the longest pages. */
  pages: readonly Page[];
  /** The first of three items each; empty where the size can't be chosen. */
  small: readonly Page[];
  /** Whether `pages` reached the end. */
  complete: boolean;
  /** Keys of the collection in its own order; undefined if not all of it was read. */
  whole: readonly string[] | undefined;
}

/** Sorts a collection in each way that the document enumerates, upwards and downwards. */
export const sorting: Scenario<readonly Sorted[]> = {
  name: 'sorting',
  priority: 3,
  requests: ({ ordering }) => 4 * Math.min(FIELDS, ordering?.fields.length ?? 0),
  notOnMock: 'the mock sorts nothing',
  async play(operation, session) {
    const { parameter = '', fields = [] } = operation.ordering ?? {};
    if (fields.length === 0 || operation.method !== 'GET')
      throw new NotApplicable('the document names no order to ask for');
    const whole = await readWhole(operation, session);
    const isComplete = (pages: readonly Page[]) => {
      const last = pages.at(-1);
      return last !== undefined && following(last, 'next', operation) === undefined;
    };
    const read = async (size: readonly (readonly [string, string])[], value: string) => {
      const query = [...size, [parameter, value] as const];
      const name = query.map((pair) => pair.join('=')).join('&');
      const first = await readPage(session, operation, query, name, 'parameters-accepted');
      return first ? follow(first, 'next', operation, session) : [];
    };
    const { sizeParameter } = operation.paging ?? {};
    const played: Sorted[] = [];
    for (const { field, ascending, descending } of fields.slice(0, FIELDS)) {
      for (const value of [ascending, descending]) {
        const pages = await read(wholePage(operation).query ?? [], value);
        if (!pages.flatMap(({ items }) => items).some((item) => Object.hasOwn(item, field))) continue;
        const isDescending = value === descending;
        // One walk shows whether links keep the order, and cursors work in it.
        const isFirst = played.length === 0 && sizeParameter !== undefined;
        played.push({
          field,
          isDescending,
          pages,
          small: isFirst ? await read([[sizeParameter, String(SMALL)]], value) : [],
          complete: isComplete(pages),
          whole: isComplete(whole) ? whole.flatMap(({ keys }) => keys) : undefined,
        });
      }
    }
    if (played.length === 0) throw new NotCovered('no item shows a field to sort by');
    return played;
  },
};
