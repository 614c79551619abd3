import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { cutShort, strangers, walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-complete',
  group: 'pages',
  title: 'Short pages show the same items as long ones',
  explain:
    'The collection is read in the longest pages that are allowed, and in short ones. An item that only one of ' +
    'the two shows is lost at a page boundary.',
  source: 'the page parameters in the document',
  check(facts) {
    const { whole, forward, ended } = facts;
    const complete = facts.complete && ended;
    const [first] = forward;
    if (!first || cutShort(facts)) return undefined;
    const short = forward.flatMap((page) => page.keys);
    const long = whole.flatMap((page) => page.keys);
    const shown = new Set(short);
    // We don't know what comes after the last page that was read.
    const end = complete ? long.length : Math.min(long.length, short.length);
    const lost = long.slice(0, end).filter((key) => !shown.has(key));
    const extra = complete ? strangers(facts, forward) : [];
    const at =
      forward.find((page) => page.keys.some((key) => extra.includes(key))) ?? forward.at(-1) ?? first;
    const exchange = at.exchange;
    if (lost.length > 0) {
      const found = `${count(lost.length, 'item')} less, first ${lost[0]}`;
      const items = complete ? lost : undefined;
      return [{ where: 'body', expected: `the ${end} items of the long pages`, found, items, exchange }];
    }
    if (extra.length === 0) return [];
    const found = `${count(extra.length, 'item')} more, first ${extra[0]}`;
    return [{ where: 'body', expected: `the ${long.length} items of the long pages`, found, exchange }];
  },
});
