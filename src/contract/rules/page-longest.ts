import { count } from '../../text/words.js';
import { itemsOfAnswer } from '../exchange/items.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'page-longest',
  on: 'answer',
  group: 'pages',
  notOnMock: 'the mock answers every page with the same example',
  title: 'No page is longer than was asked for',
  explain:
    'Checked on every page, whatever else is asked for: a filter, a range, an expansion, a cursor. A caller that ' +
    'asks for few items may have room for few.',
  source: 'the page_size parameter in the document',
  check(exchange) {
    const { operation, probe, request } = exchange;
    const { sizeParameter } = operation.paging ?? {};
    const items = itemsOfAnswer(exchange);
    if (sizeParameter === undefined || items === undefined || probe.breaks === sizeParameter)
      return undefined;
    const asked = new URL(request.url).searchParams.get(sizeParameter);
    if (asked === null || !/^[1-9]\d*$/.test(asked)) return undefined;
    if (items.length <= Number(asked)) return [];
    const pointer = operation.parameters.find(({ name }) => name === sizeParameter)?.pointer;
    const expected = `no more than ${count(Number(asked), 'item')}`;
    return [{ where: 'body', expected, found: count(items.length, 'item'), pointer }];
  },
} satisfies Rule;
