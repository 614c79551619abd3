import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { limitOf } from '../scenarios/lists/pages.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'page-size',
  group: 'pages',
  title: 'Only the last page is shorter than was asked for',
  explain:
    'Checked on the way forward, on the way back, and in the longest pages that are allowed. If a server always ' +
    'gives the same smaller number, and its links lead on from there, it has a limit of its own: that is a note.',
  source: 'the page_size parameter in the document',
  check({ operation, whole, forward, backward, size }) {
    const { maxSize, sizeParameter } = operation.paging ?? {};
    if (size === undefined) return undefined;
    const pointer = operation.parameters.find((parameter) => parameter.name === sizeParameter)?.pointer;
    const walks = [
      { pages: maxSize === undefined ? [] : whole, asked: maxSize ?? 0 },
      { pages: forward, asked: size },
      // Walking backwards, the first page takes the remainder.
      { pages: backward, asked: size },
    ];
    const limit = maxSize === undefined ? undefined : limitOf(whole);
    return walks.flatMap(({ pages: read, asked }) => {
      const pages = read.filter((page) => page.items.length > 0);
      const wrong = pages.slice(0, -1).find((page) => page.items.length < asked);
      if (!wrong) return [];
      const found = count(wrong.items.length, 'item');
      const limited = limit !== undefined && limit < asked && limitOf(pages) === limit;
      return [
        {
          where: 'body',
          expected: count(asked, 'item'),
          found,
          pointer,
          exchange: wrong.exchange,
          ...(limited ? { note: true as const } : {}),
        },
      ];
    });
  },
});
