import { show } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { isCertainlyBefore } from '../scenarios/lists/collation.js';
import type { Page } from '../scenarios/lists/pages.js';
import { type Sorted, sorting } from '../scenarios/lists/sorting.js';

export default ruleOn(sorting, {
  id: 'sort-order',
  group: 'queries',
  title: 'A list comes in the order that was asked for',
  explain:
    'Each order that the document enumerates both ways, such as name and -name, within each page and from page to page. ' +
    'How a server compares letters in upper case, accents and marks is left open, and so is where it puts what has no value.',
  source: 'the values of the parameter in the document, such as ordering',
  check: (played) => played.flatMap((one) => [...misplaced(one.pages, one), ...misplaced(one.small, one)]),
});

/** The first item that comes before one it should follow. */
function misplaced(pages: readonly Page[], { field, isDescending }: Sorted): Finding[] {
  let before: unknown;
  for (const { items, exchange } of pages) {
    const [onPage] = items.filter((item) => hasValue(item[field]));
    for (const [index, item] of items.entries()) {
      const { [field]: value } = item;
      if (!hasValue(value)) continue;
      const [first, second] = isDescending ? [before, value] : [value, before];
      if (before !== undefined && isCertainlyBefore(first, second)) {
        const expected = `${isDescending ? 'descending' : 'ascending'} ${field}, after ${show(before)}`;
        const finding = { where: `body /${index}/${field}`, expected, found: show(value), exchange };
        return [{ ...finding, ...(item === onPage ? {} : { alone: true as const }) }];
      }
      before = value;
    }
  }
  return [];
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}
