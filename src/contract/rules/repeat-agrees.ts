import { difference } from '../exchange/difference.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import { ruleOn } from '../model/rule.js';
import { repeat } from '../scenarios/repeat.js';
import { show } from '../text/words.js';

export default ruleOn(repeat, {
  id: 'repeat-agrees',
  group: 'agree',
  title: 'The same request gives the same answer',
  explain:
    'Asked again at once, the same comes again: the same items, order and values. When the second answer is another and ' +
    'the third equals it, the data has changed in between: that is a note.',
  source: 'RFC 9110, section 9.2.1: safe methods',
  check([first, second, third], contract) {
    if (!first || !second) return undefined;
    const other = difference(
      bodyWithoutUnknownFields(contract, first),
      bodyWithoutUnknownFields(contract, second),
    );
    if (!other) return [];
    const changed =
      third !== undefined &&
      !difference(bodyWithoutUnknownFields(contract, second), bodyWithoutUnknownFields(contract, third));
    const finding = {
      where: `body ${other.path}`,
      expected: show(other.a),
      found: show(other.b),
      exchange: second,
    };
    return [changed ? { ...finding, note: true as const } : finding];
  },
});
