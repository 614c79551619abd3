import { join } from '../../document/index.js';
import { ruleOn } from '../model/rule.js';
import { misplaced } from '../scenarios/lists/misplaced.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-order',
  group: 'pages',
  title: 'Items come in the order that the document names',
  explain:
    'Within each page and from page to page. Moments are compared to the microsecond, whatever their spelling.',
  source: 'x-collection in the document',
  check({ operation, whole, forward, backward, plain }) {
    const { key, order } = operation.collection ?? {};
    if (key === undefined || order === undefined) return undefined;
    const walks = [whole, forward, [...backward].reverse(), plain ? [plain] : []];
    return walks
      .flatMap((pages) => misplaced(pages, key, order))
      .map((finding) => ({
        ...finding,
        pointer: join(operation.pointer, 'x-collection'),
      }));
  },
});
