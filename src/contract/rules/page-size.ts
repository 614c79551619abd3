import { ruleOn } from '../model/rule.js';
import { walk } from '../scenarios/lists/walk.js';
import { count } from '../text/words.js';

export default ruleOn(walk, {
  id: 'page-size',
  group: 'pages',
  title: 'Pages are as long as was asked',
  explain:
    'No page is longer than the size that was asked for, and only the last one is shorter: forward, back, and in pages as long as they may be.',
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
    return walks.flatMap(({ pages: read, asked }) => {
      const pages = read.filter((page) => page.items.length > 0);
      const wrong = pages.find(
        (page, index) => page.items.length > asked || (page.items.length < asked && index < pages.length - 1),
      );
      if (!wrong) return [];
      const found = count(wrong.items.length, 'item');
      return [{ where: 'body', expected: count(asked, 'item'), found, pointer, exchange: wrong.exchange }];
    });
  },
});
