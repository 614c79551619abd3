import { count } from '../../text/words.js';
import { target } from '../exchange/links.js';
import { ruleOn } from '../model/rule.js';
import { leadsBack, strangers, walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'walk-back',
  group: 'pages',
  title: 'Walking back shows the same pages as walking forward',
  explain:
    'Reads from the last page to the first by the links to the previous one. The items have to be those of the ' +
    'way forward.',
  source: 'the page parameters in the document; RFC 8288',
  check(facts) {
    const { operation, forward, backward, complete } = facts;
    const last = forward.at(-1);
    if (!leadsBack(operation)) return undefined;
    // Without links, the only way back is by page numbers, which proves nothing new.
    if (forward.length < 2 || !complete || !last || target(last.exchange, 'previous') === undefined)
      return undefined;
    const there = forward.slice(0, -1).flatMap((page) => page.keys);
    const back = [...backward].reverse().flatMap((page) => page.keys);
    const shown = new Set(back);
    const lost = there.filter((key) => !shown.has(key));
    const known = new Set(there);
    // Another rule checks items that the whole lacks too.
    const unknown = new Set(strangers(facts, backward));
    const extra = back.filter((key) => !known.has(key) && !unknown.has(key));
    if (lost.length === 0 && extra.length === 0) return [];
    const found = [
      ...(lost.length > 0 ? [`${count(lost.length, 'item')} less, first ${lost[0]}`] : []),
      ...(extra.length > 0 ? [`${count(extra.length, 'item')} more, first ${extra[0]}`] : []),
    ].join('; ');
    const exchange = (backward.at(-1) ?? forward.at(-1))?.exchange;
    const expected = `the ${there.length} items of the way there`;
    return [{ where: 'body', expected, found, items: [...lost, ...extra], exchange }];
  },
});
